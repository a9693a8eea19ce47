namespace Libvirt.Streams;

/// <summary>What happens when an interactive stream's buffer is full because its reader does not read.</summary>
public enum StreamOverflow
{
    /// <summary>The stream is aborted; the reader gets what is buffered and then <see cref="LibvirtStreamOverflowException"/>.</summary>
    Abort,

    /// <summary>What comes is dropped and counted until there is room again.</summary>
    DropNewest,
}
