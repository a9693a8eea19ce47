namespace Libvirt.Protocol.Schema;

/// <summary>JSON that is not the arguments a procedure wants. The text names the field and never shows its value, which may be a secret.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>An exception without a text.</summary>
    public SchemaException()
    {
    }

    /// <summary>An exception without a field.</summary>
    public SchemaException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its cause.</summary>
    public SchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal SchemaException(FieldPath path, string message)
        : base($"{path}: {message}")
    {
        Field = ReferenceEquals(path, FieldPath.Root) ? "" : path.ToString();
    }

    /// <summary>The path of the field at fault, such as <c>dom.uuid</c> or <c>params[2].value.type</c>; empty for the whole.</summary>
    public string Field { get; } = "";
}
