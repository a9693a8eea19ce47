using System.Text.RegularExpressions;
using Libvirt.Testing;

namespace Packages.Tests.NewWorker;

/// <summary>What README tells the maker of a new worker to do, read from its page.</summary>
internal sealed partial record Instructions(string Pack, string Setup, IReadOnlyDictionary<string, string> Files, string Run)
{
    public static Instructions Read()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("README.md"));
        string section = page.Split("\n## A worker of your own\n")[1].Split("\n## ")[0];
        string[] commands = [.. Shell().Matches(section).Select(match => match.Groups[1].Value)];
        string[] setup = commands[0].Split('\n', 2);
        return new Instructions(
            setup[0],
            setup[1],
            NamedFile().Matches(section).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value),
            commands[1].Trim());
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex("^`([A-Za-z.]+)`[^\n]*\n\n```[a-z]+\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedFile();
}
