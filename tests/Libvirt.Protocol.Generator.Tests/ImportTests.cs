using Libvirt.Protocol.Generator.Commands;
using Libvirt.Protocol.Generator.Idl;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly SmallTree _tree = new();

    [Fact]
    public void A_first_import_says_all_that_was_added_and_a_second_one_nothing()
    {
        string first = Import();
        Assert.Contains("added procedure REMOTE_PROC_DOMAIN_LOOKUP", first, StringComparison.Ordinal);
        Assert.Contains("added enum virDomainLookFlags", first, StringComparison.Ordinal);
        Dictionary<string, string> written = Files();
        Assert.StartsWith("Nothing changed.", Import(), StringComparison.Ordinal);
        Assert.Equal(written, Files());
    }

    [Fact]
    public void The_facts_come_from_both_descriptions()
    {
        Import();
        ProtocolModel model = Load();
        ModelProcedure lookup = model.Programs.Single().Procedures[0];
        Assert.Equal(("virDomainLookup", "libvirt-domain", "1.2.3", true), (lookup.Function, lookup.Page, lookup.Since, lookup.Reading));
        Assert.Equal(("remote_domain_lookup_args", "remote_domain_lookup_ret"), (lookup.Args, lookup.Ret));
        ModelProcedure list = model.Programs.Single().Procedures[1];
        Assert.Equal((null, null, true, false), (list.Function, list.Args, list.HighPriority, list.Reading));
        Assert.Equal("virDomainLookFlags", model.Functions.Single().Arguments[2].Enum);
        Assert.Equal([1L, 1L], model.Enums.Single().Members.Select(m => m.Value));
        Assert.Contains(KeyValuePair.Create("VIR_UUID_BUFLEN", 16L), model.Constants);
    }

    [Fact]
    public void A_newer_tree_is_told_apart_line_by_line()
    {
        Import();
        _tree.Protocol("remote_protocol.x", SmallTree.RemoteProtocol
            .Replace("REMOTE_LIST_MAX = 5", "REMOTE_LIST_MAX = 6", StringComparison.Ordinal)
            .Replace("REMOTE_PROC_DOMAIN_LIST = 2", "REMOTE_PROC_DOMAIN_LIST = 2, REMOTE_PROC_DOMAIN_NEW = 3", StringComparison.Ordinal)
            .Replace("@priority: high", "@priority: low", StringComparison.Ordinal));
        string changes = Import();
        Assert.Contains("changed constant REMOTE_LIST_MAX", changes, StringComparison.Ordinal);
        Assert.Contains("added procedure REMOTE_PROC_DOMAIN_NEW", changes, StringComparison.Ordinal);
        Assert.Contains("changed procedure REMOTE_PROC_DOMAIN_LIST", changes, StringComparison.Ordinal);
        Assert.Contains("3 changes", changes, StringComparison.Ordinal);
        _tree.Protocol("remote_protocol.x", SmallTree.RemoteProtocol);
        Assert.Contains("removed procedure REMOTE_PROC_DOMAIN_NEW", Import(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_addendum_adds_what_the_tree_lacks_and_yields_to_a_tree_that_has_it()
    {
        _tree.Addendum("""
            struct remote_domain_late_args { int flags; };
            enum remote_procedure { /** @since: 9.9.9 */ REMOTE_PROC_DOMAIN_LATE = 3 };
            """);
        Import();
        ModelProcedure late = Load().Programs.Single().Procedures[2];
        Assert.Equal((3, "9.9.9", "remote_domain_late_args"), (late.Number, late.Since, late.Args));
        _tree.Protocol("remote_protocol.x", SmallTree.RemoteProtocol
            .Replace("REMOTE_PROC_DOMAIN_LIST = 2", "REMOTE_PROC_DOMAIN_LIST = 2, REMOTE_PROC_DOMAIN_LATE = 3", StringComparison.Ordinal)
            + "struct remote_domain_late_args { hyper flags; };");
        Import();
        ModelStruct args = Load().Types.OfType<ModelStruct>().Single(s => s.Name == "remote_domain_late_args");
        Assert.Equal("hyper", args.Fields.Single().Type);
    }

    [Theory]
    [InlineData("struct remote_x { remote_missing a; };", "remote_missing is not defined")]
    [InlineData("struct remote_x { int a<>; };", "no limit")]
    [InlineData("struct remote_x { int a<REMOTE_NOWHERE_MAX>; };", "REMOTE_NOWHERE_MAX is defined nowhere")]
    [InlineData("struct remote_domain_nobodys_args { int a; };", "belongs to no procedure")]
    [InlineData("const REMOTE_STRING_MAX = 5;", "already defined")]
    [InlineData("union remote_u switch (int t) { default: int a; };", "default")]
    public void A_description_that_does_not_fit_is_refused_with_its_place(string text, string says)
    {
        _tree.Protocol("remote_protocol.x", SmallTree.RemoteProtocol + "\n" + text);
        SyntaxException error = Assert.Throws<SyntaxException>(() => Import());
        Assert.StartsWith("remote_protocol.x(", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(new Repository(_tree.Root).Model, ModelStore.ProtocolFile)));
    }

    public void Dispose() => _tree.Dispose();

    private string Import()
    {
        StringWriter output = new();
        ImportCommand.Run(new Repository(_tree.Root), _tree.ProtocolFolder, _tree.ApiFolder, "1.2.3", output);
        return output.ToString();
    }

    private ProtocolModel Load() => ModelStore.Load(new Repository(_tree.Root).Model);

    private Dictionary<string, string> Files() =>
        Directory.EnumerateFiles(new Repository(_tree.Root).Model).ToDictionary(f => f, File.ReadAllText);
}
