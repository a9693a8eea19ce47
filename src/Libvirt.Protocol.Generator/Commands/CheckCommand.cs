using System.CommandLine;

namespace Libvirt.Protocol.Generator.Commands;

/// <summary><c>check</c>: fails when the checked-in code is not what the model gives.</summary>
internal static class CheckCommand
{
    public static Command Create(Option<string?> root)
    {
        Command command = new("check", "Exits with 1 and names the files when the code is not what the model gives.");
        command.SetAction(result => Run(
            Repository.Find(result.GetValue(root) ?? Environment.CurrentDirectory),
            result.InvocationConfiguration.Output));
        return command;
    }

    internal static int Run(Repository repository, TextWriter output)
    {
        GeneratedFiles files = GeneratedFiles.Create(repository);
        IReadOnlyList<(string Path, string State)> drift = files.Drift();
        foreach ((string path, string state) in drift)
            output.WriteLine($"{path}: {state}");
        output.WriteLine(drift.Count == 0 ? $"{files.Wanted.Count} files are as the model gives them." : "Run generate and commit the result.");
        return drift.Count == 0 ? 0 : 1;
    }
}
