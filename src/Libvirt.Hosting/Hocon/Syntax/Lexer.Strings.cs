using System.Globalization;
using System.Text;

namespace Libvirt.Hosting.Hocon.Syntax;

// Quoted strings: JSON's with escapes, and those in three quotes without.
internal sealed partial class Lexer
{
    private const string TripleQuote = "\"\"\"";

    private void Quoted()
    {
        if (string.CompareOrdinal(text, _index, TripleQuote, 0, 3) == 0)
            TripleQuoted();
        else
            SingleQuoted();
    }

    private void SingleQuoted()
    {
        int start = _index++;
        StringBuilder value = new();
        while (true)
        {
            if (_index >= text.Length || text[_index] == '\n')
                throw Error(start, "the string has no closing quote on its line; text over several lines goes between three quotes");
            char c = text[_index];
            if (c == '"')
                break;
            if (c == '\\')
                value.Append(Escape());
            else if (c < ' ')
                throw Error(_index, string.Create(CultureInfo.InvariantCulture, $"the control character U+{(int)c:X4} must be written as \\u{(int)c:x4}"));
            else
                value.Append(text[_index++]);
        }

        _index++;
        Add(TokenKind.Quoted, value.ToString(), start);
    }

    private char Escape()
    {
        int start = _index;
        char c = Next(1);
        _index += 2;
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(start),
            _ => throw Error(start, "the escape is unknown; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits"),
        };
    }

    private char Unicode(int start)
    {
        if (_index + 4 > text.Length || !ushort.TryParse(text.AsSpan(_index, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            throw Error(start, "\\u needs four hexadecimal digits");
        _index += 4;
        return (char)code;
    }

    private void TripleQuoted()
    {
        int start = _index;
        int startLine = _line;
        int startColumn = start - _lineStart + 1;
        int end = text.IndexOf(TripleQuote, start + 3, StringComparison.Ordinal);
        if (end < 0)
            throw Error(start, "the string in three quotes is never closed");
        // Further quotes belong to the text: it ends with the last three of the run.
        while (end + 3 < text.Length && text[end + 3] == '"')
            end++;
        string value = text[(start + 3)..end];
        _index = end + 3;
        _tokens.Add(new Token(TokenKind.Quoted, value, startLine, startColumn));
        int last = value.LastIndexOf('\n');
        if (last >= 0)
        {
            _line += value.AsSpan().Count('\n');
            _lineStart = start + 3 + last + 1;
        }
    }
}
