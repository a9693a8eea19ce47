using System.Text;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>
/// Turns libvirt's names into .NET's: words begin with a capital, an acronym of two letters keeps both (<c>FS</c>, <c>IO</c>, <c>OS</c>),
/// a longer one only the first (<c>Xml</c>, <c>Cpu</c>, <c>Uuid</c>). Words that run together are split by the overrides.
/// </summary>
public sealed class Naming
{
    private readonly Dictionary<string, string> _words;
    private readonly HashSet<string> _acronyms;

    /// <summary>Names by the checked-in overrides.</summary>
    public Naming(Overrides overrides)
    {
        _words = overrides.Map("words").ToDictionary(w => w.Key, w => w.Value, StringComparer.OrdinalIgnoreCase);
        _acronyms = new HashSet<string>(overrides.List("acronyms"), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The name in .NET's form, from snake case, camel case or a mixture.</summary>
    public string Pascal(string name) => string.Concat(Words(name).Select(Word));

    /// <summary>As <see cref="Pascal"/>, for a parameter.</summary>
    public string Camel(string name)
    {
        string pascal = Pascal(name);
        int capitals = pascal.TakeWhile(char.IsAsciiLetterUpper).Count();
        int lower = capitals <= 1 ? 1 : capitals == pascal.Length ? capitals : capitals - 1;
        string camel = pascal[..lower].ToLowerInvariant() + pascal[lower..];
        return camel is "base" or "params" or "string" or "event" or "namespace" or "in" or "out" or "object" ? "@" + camel : camel;
    }

    /// <summary>The words of a name, in their own case.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        List<string> words = [];
        StringBuilder word = new();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool begins = char.IsAsciiLetterUpper(c) && word.Length > 0
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]) && !EndsAcronym(name, i)));
            if ((begins || c is '_' or '-') && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (c is not ('_' or '-'))
                word.Append(c);
        }

        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Whether the capital at <paramref name="i"/> with a single small s behind it is a plural, as in <c>CPUs</c>.</summary>
    private static bool EndsAcronym(string name, int i) =>
        name[i + 1] == 's' && (i + 2 == name.Length || char.IsAsciiLetterUpper(name[i + 2])) && i >= 2 && char.IsAsciiLetterUpper(name[i - 2]);

    private string Word(string word)
    {
        if (_words.TryGetValue(word, out string? known))
            return known;
        if (_acronyms.Contains(word))
            return word.ToUpperInvariant();
        return char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();
    }
}
