using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests.Publishing;

/// <summary>The profile by which <c>eng/publish-virtactl.sh</c> compiles virtactl.</summary>
public sealed class StartupProfileTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "StartupProfile.dll");
    private static readonly string BaseLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly string _record = Scratch.NewPath("start.record");
    private readonly string _profile = Scratch.NewPath("startup.mibc");

    [Fact]
    public async Task It_names_the_methods_of_a_record_once_with_their_types()
    {
        await File.WriteAllLinesAsync(_record,
        [
            "   1: JIT compiled System.Collections.Generic.List`1[int]:AddWithResize(int) [Tier0, IL size=37, code size=115]",
            "   2: JIT compiled System.Linq.Enumerable:First[System.__Canon](System.Collections.Generic.IEnumerable`1[System.__Canon]) [Tier0, IL size=16, code size=83]",
            "   3: JIT compiled System.Collections.Generic.List`1[int]:AddWithResize(int) [Tier0, IL size=37, code size=115]",
            "   4: JIT compiled (dynamicClass):IL_STUB_PInvoke() [Tier0, IL size=10, code size=20]",
            "   5: JIT compiled System.Collections.Generic.List`1[int]:Clear() [Tier1, IL size=49, code size=40]",
            "no line of the JIT's",
        ]);

        Assert.Equal("2 methods to compile ahead; 1 that the runtime makes itself.", await WriteAsync());

        using PEReader file = new(File.OpenRead(_profile));
        MetadataReader profile = file.GetMetadataReader();
        Assert.Equal(["System.Linq;System.Private.CoreLib", "System.Private.CoreLib", "AssemblyDictionary"], Methods(profile));
        MemberReference[] named = [.. profile.MemberReferences.Select(profile.GetMemberReference)];
        Assert.Equal(["AddWithResize", "First"], named.Select(method => profile.GetString(method.Name)).Order());
        MemberReference add = Assert.Single(named, method => method.Parent.Kind == HandleKind.TypeSpecification);
        Assert.Equal("AddWithResize", profile.GetString(add.Name));
    }

    [Fact]
    public async Task It_reads_what_the_runtime_really_records()
    {
        // Nothing that was compiled ahead is used: then the runtime has much to record.
        Dictionary<string, string?> recorded = new()
        {
            ["DOTNET_JitStdOutFile"] = _record,
            ["DOTNET_JitDisasmSummary"] = "1",
            ["DOTNET_ReadyToRun"] = "0",
        };
        CommandResult usage = await Command.RunAsync("dotnet", [Program], environment: recorded);
        Assert.Equal(2, usage.ExitCode);
        Assert.Contains("usage: StartupProfile", usage.Error, StringComparison.Ordinal);

        string said = await WriteAsync();

        Assert.True(int.Parse(said.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > 100, said);
        using PEReader file = new(File.OpenRead(_profile));
        Assert.Contains("System.Private.CoreLib", Methods(file.GetMetadataReader()));
    }

    private async Task<string> WriteAsync() =>
        (await Command.RunAsync("dotnet", [Program, _profile, BaseLibrary, _record])).EnsureSuccess().Output.Trim();

    private static string[] Methods(MetadataReader profile) =>
        [.. profile.MethodDefinitions.Select(method => profile.GetString(profile.GetMethodDefinition(method).Name))];
}
