using System.CommandLine;

namespace Libvirt.Protocol.Generator.Commands;

/// <summary><c>generate</c>: writes the code from the model.</summary>
internal static class GenerateCommand
{
    public static Command Create(Option<string?> root)
    {
        Command command = new("generate", "Writes the code from the model.");
        command.SetAction(result =>
        {
            GeneratedFiles files = GeneratedFiles.Create(Repository.Find(result.GetValue(root) ?? Environment.CurrentDirectory));
            int touched = files.Write();
            result.InvocationConfiguration.Output.WriteLine($"{files.Wanted.Count} files, {touched} of them written or deleted.");
            result.InvocationConfiguration.Output.WriteLine(files.Coverage);
            return 0;
        });
        return command;
    }
}
