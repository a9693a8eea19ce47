using System.Text;

namespace Libvirt;

/// <summary>
/// A file in the notation of libvirt.conf: <c>name = value</c> lines, where a value is a number, a quoted text or a list in brackets that may go over
/// several lines, and <c>#</c> begins a comment. Every value is kept as a list of texts.
/// </summary>
internal sealed class ConfigurationFile
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);
    private readonly string _text;
    private int _position;

    private ConfigurationFile(string text)
    {
        _text = text;
    }

    /// <summary>What <paramref name="name"/> is set to; empty when it is not.</summary>
    public IReadOnlyList<string> this[string name] => _values.GetValueOrDefault(name, []);

    /// <exception cref="FormatException">The text says where it cannot be understood.</exception>
    public static ConfigurationFile Parse(string text)
    {
        ConfigurationFile file = new(text);
        file.ReadAll();
        return file;
    }

    private void ReadAll()
    {
        while (SkipBlank(overLines: true))
        {
            string name = ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
            Expect(name.Length > 0, "a name");
            Expect(SkipBlank(overLines: false) && Take('='), "'='");
            SkipBlank(overLines: false);
            _values[name] = Take('[') ? ReadList() : [ReadScalar()];
        }
    }

    private List<string> ReadList()
    {
        List<string> items = [];
        while (SkipBlank(overLines: true) && !Take(']'))
        {
            items.Add(ReadScalar());
            SkipBlank(overLines: true);
            Take(',');
        }

        Expect(_text[_position - 1] == ']', "']'");
        return items;
    }

    private string ReadScalar()
    {
        if (Take('"'))
            return ReadQuoted('"');
        if (Take('\''))
            return ReadQuoted('\'');
        string word = ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        Expect(word.Length > 0, "a value");
        return word;
    }

    private string ReadQuoted(char quote)
    {
        StringBuilder value = new();
        while (_position < _text.Length && _text[_position] != quote)
            value.Append(_text[_position++]);
        Expect(Take(quote), "a closing quote");
        return value.ToString();
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _position;
        while (_position < _text.Length && belongs(_text[_position]))
            _position++;
        return _text[start.._position];
    }

    /// <summary>Goes to the next character that is neither space nor comment; false at the end.</summary>
    private bool SkipBlank(bool overLines)
    {
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '#' && overLines)
                ReadWhile(other => other != '\n');
            else if (c is ' ' or '\t' or '\r' || (overLines && c is '\n' or ';'))
                _position++;
            else
                return true;
        }

        return false;
    }

    private bool Take(char c)
    {
        if (_position >= _text.Length || _text[_position] != c)
            return false;
        _position++;
        return true;
    }

    private void Expect(bool found, string what)
    {
        if (!found)
            throw new FormatException($"line {_text.AsSpan(0, Math.Min(_position, _text.Length)).Count('\n') + 1}: {what} is missing");
    }
}
