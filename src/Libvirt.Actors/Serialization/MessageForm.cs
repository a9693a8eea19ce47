using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>How one message is written: its manifest, a name with a version, and its body in XDR.</summary>
/// <remarks>A body that changes gets another version. The earlier one remains readable for as long as nodes of that release are supported.</remarks>
internal sealed record MessageForm(string Name, int Version, MessageForm.Writer Write, MessageForm.Reader Read)
{
    public delegate void Writer(ref XdrWriter writer, object message);

    public delegate object Reader(ref XdrReader reader);

    public string Manifest { get; } = $"{Name}/{Version}";
}
