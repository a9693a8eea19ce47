using Libvirt.Events;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>How one type of event is written: as which message of libvirt's protocol.</summary>
internal sealed record WireEventForm(Type EventType, ProgramEvent Descriptor, Func<LibvirtEvent, IXdrWritable> MessageOf)
{
    public static WireEventForm Of<TEvent, TMessage>(ProgramEvent<TMessage> descriptor, Func<TEvent, TMessage> message)
        where TEvent : LibvirtEvent
        where TMessage : class, IXdrWritable, IXdrReadable<TMessage> =>
        new(typeof(TEvent), descriptor, happened => message((TEvent)happened));
}
