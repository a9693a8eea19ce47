namespace Libvirt.Protocol;

/// <summary>The arguments or result of a procedure that has none: no bytes on the wire.</summary>
public sealed class XdrVoid : IXdrWritable, IXdrReadable<XdrVoid>
{
    private XdrVoid()
    {
    }

    /// <summary>The one value.</summary>
    public static XdrVoid Value { get; } = new();

    /// <inheritdoc/>
    public static int MinimumWireSize => 0;

    /// <inheritdoc/>
    public static XdrVoid Read(ref XdrReader reader) => Value;

    /// <inheritdoc/>
    public void Write(ref XdrWriter writer)
    {
    }
}
