namespace Libvirt.Protocol.Generator.Idl;

/// <summary>A protocol description that cannot be read; the text says where and why.</summary>
public sealed class SyntaxException : Exception
{
    /// <summary>An exception without a place.</summary>
    public SyntaxException()
    {
    }

    /// <summary>An exception without a place.</summary>
    public SyntaxException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its cause.</summary>
    public SyntaxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception at a place.</summary>
    public SyntaxException(SourcePosition position, string message)
        : base($"{position}: {message}")
    {
        Position = position;
    }

    /// <summary>Where it was found.</summary>
    public SourcePosition Position { get; }
}
