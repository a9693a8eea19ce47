namespace Libvirt.Protocol.Generator.Idl;

/// <summary>
/// Splits an XDR description into tokens. White space, comments and lines that begin with <c>%</c> (which rpcgen hands to the C compiler)
/// are no tokens; a comment stays known to the token behind it, because libvirt annotates procedures there.
/// </summary>
public sealed class Lexer
{
    private readonly string _file;
    private readonly string _text;
    private int _index;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string file, string text)
    {
        _file = file;
        _text = text;
    }

    private SourcePosition Here => new(_file, _line, _index - _lineStart + 1);

    /// <summary>All tokens of <paramref name="text"/>; the last one is <see cref="TokenKind.End"/>.</summary>
    /// <param name="file">The name that errors give.</param>
    /// <param name="text">The description.</param>
    /// <exception cref="SyntaxException">A character is not part of the language or a comment does not end.</exception>
    public static IReadOnlyList<Token> Tokenize(string file, string text)
    {
        Lexer lexer = new(file, text);
        List<Token> tokens = [];
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        string comment = SkipToToken();
        SourcePosition start = Here;
        if (_index == _text.Length)
            return new Token(TokenKind.End, "", start, comment);
        char c = _text[_index];
        if (char.IsAsciiLetter(c) || c == '_')
            return new Token(TokenKind.Identifier, Take(static c => char.IsAsciiLetterOrDigit(c) || c == '_'), start, comment);
        if (char.IsAsciiDigit(c) || c == '-')
            return new Token(TokenKind.Number, TakeNumber(start), start, comment);
        if ("{}[]<>()=,;:*".Contains(c, StringComparison.Ordinal))
        {
            _index++;
            return new Token(TokenKind.Punctuation, c.ToString(), start, comment);
        }

        throw new SyntaxException(start, $"The character '{c}' is not part of the language.");
    }

    private string TakeNumber(SourcePosition start)
    {
        string sign = "";
        if (_text[_index] == '-')
        {
            sign = "-";
            _index++;
        }

        string digits = Take(char.IsAsciiLetterOrDigit);
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && digits.Length > 2;
        bool valid = hex ? digits.Skip(2).All(char.IsAsciiHexDigit) : digits.Length > 0 && digits.All(char.IsAsciiDigit);
        return valid ? sign + digits : throw new SyntaxException(start, $"'{sign}{digits}' is not a number.");
    }

    private string Take(Func<char, bool> belongs)
    {
        int start = _index;
        while (_index < _text.Length && belongs(_text[_index]))
            _index++;
        return _text[start.._index];
    }

    private string SkipToToken()
    {
        string comment = "";
        while (_index < _text.Length)
        {
            char c = _text[_index];
            if (char.IsWhiteSpace(c))
                Advance();
            else if (c == '%' && _text[_lineStart.._index].Trim().Length == 0)
                SkipLine();
            else if (c == '/' && Follows("//"))
                SkipLine();
            else if (c == '/' && Follows("/*"))
                comment = TakeComment();
            else
                break;
        }

        return comment;
    }

    private string TakeComment()
    {
        SourcePosition start = Here;
        int end = _text.IndexOf("*/", _index + 2, StringComparison.Ordinal);
        if (end < 0)
            throw new SyntaxException(start, "The comment that begins here does not end.");
        string comment = _text[(_index + 2)..end];
        while (_index < end + 2)
            Advance();
        return comment;
    }

    private bool Follows(string expected) => _text.AsSpan(_index).StartsWith(expected, StringComparison.Ordinal);

    private void SkipLine()
    {
        while (_index < _text.Length && _text[_index] != '\n')
            Advance();
    }

    private void Advance()
    {
        if (_text[_index++] != '\n')
            return;
        _line++;
        _lineStart = _index;
    }
}
