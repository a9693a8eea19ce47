namespace Libvirt.Protocol.Schema;

/// <summary>JSON that is not the arguments a procedure wants. The text names the field and never shows its value, which may be a secret.</summary>
public sealed class SchemaException : Exception
{
    private const string Help = "docs/troubleshooting.md#arguments-refused";

    /// <summary>An exception without a text.</summary>
    public SchemaException()
    {
        HelpLink = Help;
    }

    /// <summary>An exception without a field.</summary>
    public SchemaException(string message)
        : base(message)
    {
        HelpLink = Help;
    }

    /// <summary>An exception with its cause.</summary>
    public SchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
        HelpLink = Help;
    }

    internal SchemaException(FieldPath path, string message)
        : base($"{path}: {message}")
    {
        HelpLink = Help;
        Field = ReferenceEquals(path, FieldPath.Root) ? "" : path.ToString();
    }

    /// <summary>The path of the field at fault, such as <c>dom.uuid</c> or <c>params[2].value.type</c>; empty for the whole.</summary>
    public string Field { get; } = "";
}
