using Libvirt.Protocol;

namespace Libvirt.Events;

/// <summary>Reads one event message: its callback id, if it has one, and what it says.</summary>
internal abstract class WireEvent(ProgramEvent descriptor)
{
    public ProgramEvent Descriptor => descriptor;

    public abstract LibvirtEvent Read(ReadOnlySpan<byte> payload, out int? callbackId);

    /// <summary>An event whose messages carry a callback id.</summary>
    public static WireEvent Of<TMessage>(ProgramEvent<TMessage> descriptor, Func<TMessage, int> callbackId, Func<TMessage, LibvirtEvent> map)
        where TMessage : class, IXdrWritable, IXdrReadable<TMessage> => new Reader<TMessage>(descriptor, callbackId, map);

    /// <summary>An event whose messages carry none.</summary>
    public static WireEvent Of<TMessage>(ProgramEvent<TMessage> descriptor, Func<TMessage, LibvirtEvent> map)
        where TMessage : class, IXdrWritable, IXdrReadable<TMessage> => new Reader<TMessage>(descriptor, null, map);

    private sealed class Reader<TMessage>(ProgramEvent<TMessage> descriptor, Func<TMessage, int>? callbackId, Func<TMessage, LibvirtEvent> map)
        : WireEvent(descriptor)
        where TMessage : class, IXdrWritable, IXdrReadable<TMessage>
    {
        public override LibvirtEvent Read(ReadOnlySpan<byte> payload, out int? id)
        {
            TMessage message = XdrPayload.Read<TMessage>(payload);
            id = callbackId?.Invoke(message);
            return map(message);
        }
    }
}
