using System.Globalization;

namespace Libvirt.Hosting.Hocon.Syntax;

/// <summary>Cuts a text into tokens. Comments vanish; white space within a line stays, since it separates the parts of a value.</summary>
internal sealed partial class Lexer(string source, string text)
{
    private const string NeverUnquoted = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly List<Token> _tokens = [];
    private int _index;
    private int _line = 1;
    private int _lineStart;

    public static List<Token> Tokenize(string source, string text)
    {
        if (text.Length > HoconLimits.MaxTextLength)
            throw new HoconException(new HoconPosition(source, 1, 1), $"the text has more than {HoconLimits.MaxTextLength} characters");
        Lexer lexer = new(source, text);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (_index < text.Length)
        {
            char c = text[_index];
            if (c == '\n')
                NewLine();
            else if (IsWhitespace(c))
                Whitespace();
            else if (c == '#' || (c == '/' && Next(1) == '/'))
                SkipComment();
            else if (c == '"')
                Quoted();
            else if (!Punctuation(c))
                Unquoted();
        }

        Add(TokenKind.End, "", _index);
    }

    private void NewLine()
    {
        Add(TokenKind.NewLine, "\n", _index++);
        _line++;
        _lineStart = _index;
    }

    private void Whitespace()
    {
        int start = _index;
        while (_index < text.Length && text[_index] != '\n' && IsWhitespace(text[_index]))
            _index++;
        Add(TokenKind.Whitespace, text[start.._index], start);
    }

    private void SkipComment()
    {
        while (_index < text.Length && text[_index] != '\n')
            _index++;
    }

    private bool Punctuation(char c)
    {
        (TokenKind kind, int length) = c switch
        {
            ',' => (TokenKind.Comma, 1),
            ':' => (TokenKind.Colon, 1),
            '=' => (TokenKind.Equals, 1),
            '{' => (TokenKind.OpenBrace, 1),
            '}' => (TokenKind.CloseBrace, 1),
            '[' => (TokenKind.OpenBracket, 1),
            ']' => (TokenKind.CloseBracket, 1),
            '+' when Next(1) == '=' => (TokenKind.PlusEquals, 2),
            '$' when Next(1) == '{' && Next(2) == '?' => (TokenKind.OptionalSubstitution, 3),
            '$' when Next(1) == '{' => (TokenKind.Substitution, 2),
            _ => (TokenKind.End, 0),
        };
        if (length == 0)
            return false;
        Add(kind, text.Substring(_index, length), _index);
        _index += length;
        return true;
    }

    private void Unquoted()
    {
        int start = _index;
        while (_index < text.Length && IsUnquoted(start))
            _index++;
        if (_index == start)
        {
            char c = text[_index];
            string shown = char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}") : c.ToString();
            throw Error(_index, $"'{shown}' may stand only in a quoted string; put the whole value, or key, between quotes");
        }

        Add(TokenKind.Unquoted, text[start.._index], start);
    }

    private bool IsUnquoted(int start)
    {
        char c = text[_index];
        if (c == '+')
            return IsExponentSign(start);
        return !IsWhitespace(c) && !char.IsControl(c) && !NeverUnquoted.Contains(c, StringComparison.Ordinal) && !(c == '/' && Next(1) == '/');
    }

    // The one plus that needs no quotes: that of a number such as 1e+5.
    private bool IsExponentSign(int start) =>
        _index > start + 1 && text[_index - 1] is 'e' or 'E' && char.IsAsciiDigit(Next(1)) && double.TryParse(
            text.AsSpan(start, _index - start - 1), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private char Next(int offset) => _index + offset < text.Length ? text[_index + offset] : '\0';

    private static bool IsWhitespace(char c) => char.IsWhiteSpace(c) || c is '\uFEFF' or (>= '\u001C' and <= '\u001F');

    private void Add(TokenKind kind, string tokenText, int start) => _tokens.Add(new Token(kind, tokenText, _line, start - _lineStart + 1));

    private HoconException Error(int at, string problem) => new(new HoconPosition(source, _line, at - _lineStart + 1), problem);
}
