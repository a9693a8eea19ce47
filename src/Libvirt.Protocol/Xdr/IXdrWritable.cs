namespace Libvirt.Protocol;

/// <summary>A value that writes itself as XDR.</summary>
public interface IXdrWritable
{
    /// <summary>Writes every field in wire order.</summary>
    /// <exception cref="ArgumentException">A field is longer than the protocol allows or cannot be written; its name is in the text.</exception>
    void Write(ref XdrWriter writer);
}
