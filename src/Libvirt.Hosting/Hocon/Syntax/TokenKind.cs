namespace Libvirt.Hosting.Hocon.Syntax;

internal enum TokenKind
{
    End,
    NewLine,
    Whitespace,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,

    /// <summary><c>${</c></summary>
    Substitution,

    /// <summary><c>${?</c></summary>
    OptionalSubstitution,
    Quoted,
    Unquoted,
}
