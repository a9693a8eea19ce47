using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Walks over the tokens of one text.</summary>
internal sealed class TokenReader(string source, List<Token> tokens)
{
    private int _index;

    public Token Current => tokens[_index];

    public TokenKind Kind => tokens[_index].Kind;

    public HoconPosition Position => PositionOf(Current);

    /// <summary>Takes the current token and goes on to the next. The end stays where it is.</summary>
    public Token Take()
    {
        Token token = tokens[_index];
        if (token.Kind != TokenKind.End)
            _index++;
        return token;
    }

    public bool TryTake(TokenKind kind)
    {
        if (Kind != kind)
            return false;
        Take();
        return true;
    }

    public void SkipWhitespace()
    {
        while (Kind == TokenKind.Whitespace)
            Take();
    }

    public void SkipWhitespaceAndNewLines()
    {
        while (Kind is TokenKind.Whitespace or TokenKind.NewLine)
            Take();
    }

    public HoconPosition PositionOf(Token token) => new(source, token.Line, token.Column);

    public HoconException Unexpected(string expectation) => new(Position, $"{Current.Description} where {expectation}");
}
