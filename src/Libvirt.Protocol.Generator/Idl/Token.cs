namespace Libvirt.Protocol.Generator.Idl;

/// <summary>What a token is.</summary>
public enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Identifier,

    /// <summary>A decimal, hexadecimal or octal number.</summary>
    Number,

    /// <summary>One punctuation character.</summary>
    Punctuation,

    /// <summary>The end of the file.</summary>
    End,
}

/// <summary>The smallest unit of the language.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="Comment">The text of the last comment in front of it, without the comment marks; empty when there is none.</param>
public readonly record struct Token(TokenKind Kind, string Text, SourcePosition Position, string Comment)
{
    /// <inheritdoc/>
    public override string ToString() => Kind == TokenKind.End ? "the end of the file" : $"'{Text}'";
}
