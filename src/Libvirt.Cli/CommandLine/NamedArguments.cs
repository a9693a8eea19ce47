using System.CommandLine;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli.CommandLine;

/// <summary>
/// virsh takes each argument by its name, too: <c>vol-info --pool default --vol disk</c>. Here the words of a command line are brought into the order that the
/// parser expects; a line without such names is left as it is.
/// </summary>
internal sealed class NamedArguments
{
    private readonly List<string> _kept = [];
    private readonly List<string> _unnamed = [];
    private readonly List<(Argument Argument, string Value)> _named = [];
    private readonly Command _root;
    private Command _command;
    private string[] _rest = [];

    private NamedArguments(Command root)
    {
        _root = root;
        _command = root;
    }

    /// <summary>The words with every named argument at its place.</summary>
    /// <exception cref="UsageException">An argument in front of a named one is missing, a name has no value, or an option is not known.</exception>
    public static string[] Place(Command root, string[] words)
    {
        NamedArguments line = new(root);
        line.Sort(words);
        return line._named.Count == 0 ? words : [.. line._kept, .. line.InOrder(), .. line._rest];
    }

    private void Sort(string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (word == "--")
            {
                _rest = words[i..];
                return;
            }

            if (word.Length > 1 && word[0] == '-')
                i += SortOption(word, i + 1 < words.Length ? words[i + 1] : null);
            else if (_command.Subcommands.FirstOrDefault(command => command.Name == word || command.Aliases.Contains(word)) is { } inner)
                Enter(inner, word);
            else
                _unnamed.Add(word);
        }
    }

    private void Enter(Command command, string word)
    {
        _command = command;
        _kept.Add(word);
    }

    /// <summary>Sorts an option or a named argument, and says how many of the next words belong to it.</summary>
    private int SortOption(string word, string? next)
    {
        string[] parts = word.Split('=', 2);
        Option? option = _command.Options.Concat(_root.Options).FirstOrDefault(option => option.Name == parts[0] || option.Aliases.Contains(parts[0]));
        Argument? argument = option is null ? _command.Arguments.FirstOrDefault(argument => $"--{NameOf(argument)}" == parts[0]) : null;
        // The parser would take it for a domain of that name, and say that there is none.
        if (option is null && argument is null && _command.Arguments.Count > 0 && word.StartsWith("--", StringComparison.Ordinal))
            throw new UsageException($"'{_command.Name}' has no option {parts[0]}; behind -- a word is taken as it is");
        bool takesNext = parts.Length == 1 && next is not null
            && (argument is not null || (option is not null && option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool)));
        if (argument is null)
            _kept.AddRange(takesNext ? [word, next!] : [word]);
        else
            _named.Add((argument, parts.Length == 2 ? parts[1] : next ?? throw new UsageException($"{word} needs a value")));
        return takesNext ? 1 : 0;
    }

    private IEnumerable<string> InOrder()
    {
        Queue<string> unnamed = new(_unnamed);
        int last = _named.Max(named => _command.Arguments.IndexOf(named.Argument));
        for (int i = 0; i <= last; i++)
        {
            Argument argument = _command.Arguments[i];
            string[] values = [.. _named.Where(named => named.Argument == argument).Select(named => named.Value)];
            if (values.Length == 0 && unnamed.Count == 0)
                throw new UsageException($"'{_command.Name}' needs {argument.Name}");
            foreach (string value in values.Length > 0 ? values : [unnamed.Dequeue()])
                yield return value;
        }

        foreach (string value in unnamed)
            yield return value;
    }

    /// <summary>virsh's name of an argument.</summary>
    private static string NameOf(Argument argument) => argument.Name switch
    {
        "VOLUME" => "vol",
        "COMMAND" => "cmd",
        string name => name.ToLowerInvariant(),
    };
}
