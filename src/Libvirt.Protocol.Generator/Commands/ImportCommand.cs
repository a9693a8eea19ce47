using System.CommandLine;
using Libvirt.Protocol.Generator.Importing;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Commands;

/// <summary><c>import</c>: updates the model from libvirt's own descriptions and prints what changed.</summary>
internal static class ImportCommand
{
    public static Command Create(Option<string?> root)
    {
        Argument<string> protocol = new("DIR_X") { Description = "The folder of libvirt's .x files." };
        Argument<string> api = new("DIR_API") { Description = "The folder of libvirt's API descriptions (libvirt-api.xml and its siblings)." };
        Option<string?> release = new("--release")
        {
            Description = "The libvirt release of the API descriptions, such as 12.8.0; as before when not given.",
        };
        Command command = new("import", "Updates the model from libvirt's files and prints what changed.") { protocol, api, release };
        command.SetAction(result => Run(
            Repository.Find(result.GetValue(root) ?? Environment.CurrentDirectory),
            result.GetRequiredValue(protocol),
            result.GetRequiredValue(api),
            result.GetValue(release),
            result.InvocationConfiguration.Output));
        return command;
    }

    internal static int Run(Repository repository, string protocol, string api, string? release, TextWriter output)
    {
        bool exists = File.Exists(Path.Combine(repository.Model, ModelStore.ProtocolFile));
        ProtocolModel? before = exists ? ModelStore.Load(repository.Model) : null;
        ProtocolModel after = Importer.Import(
            protocol,
            api,
            Path.Combine(repository.Model, "remote_addendum.x"),
            release ?? before?.Release ?? throw new InvalidOperationException("The first import needs --release."),
            Overrides.Load(repository.Model));
        IReadOnlyList<string> changes = ModelDiff.Compare(before, after);
        foreach (string change in changes)
            output.WriteLine(change);
        foreach ((string file, string text) in ModelStore.Write(after))
            File.WriteAllText(Path.Combine(repository.Model, file), text);
        output.WriteLine(changes.Count == 0 ? "Nothing changed." : $"{changes.Count} changes. Run generate to write the code.");
        return 0;
    }
}
