namespace Libvirt.Hosting.Hocon.Syntax;

/// <summary>One token. The text of a quoted one is without quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    public string Description => Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Quoted => "a quoted string",
        TokenKind.Whitespace => "white space",
        // It may be a value, and a value a secret; the position says where it stands.
        TokenKind.Unquoted => "a plain text",
        _ => $"'{(Text.Length <= 40 ? Text : Text[..40] + "...")}'",
    };
}
