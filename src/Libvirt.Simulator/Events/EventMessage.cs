namespace Libvirt.Simulator;

/// <summary>An event on its way to one client.</summary>
internal sealed record EventMessage(ProgramEvent Event, IXdrWritable Body)
{
    // libvirtd gives every event the serial 1.
    public MessageHeader Header => new(Event.Program, Event.Version, Event.Number, MessageType.Message, 1, MessageStatus.Ok);
}
