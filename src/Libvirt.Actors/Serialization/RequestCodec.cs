using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>Requests to the guardian, and its replies without a state.</summary>
internal sealed class RequestCodec(PayloadCodec payloads)
{
    private const int Limit = PayloadCodec.Limit;

    public void WriteAdd(ref XdrWriter writer, AddHypervisor add)
    {
        writer.WriteString(add.Name, Limit, "the name of a hypervisor");
        writer.WriteString(add.Uri, Limit, "the URI of a hypervisor");
        writer.WriteOptionalString(add.Settings, Limit, "the settings of a hypervisor");
        payloads.Write(ref writer, add.CorrelationId);
    }

    public AddHypervisor ReadAdd(ref XdrReader reader) =>
        new(reader.ReadString(Limit), reader.ReadString(Limit), reader.ReadOptionalString(Limit)) { CorrelationId = payloads.Read(ref reader) };

    public void WriteAdded(ref XdrWriter writer, HypervisorAdded added)
    {
        writer.WriteString(added.Name, Limit, "the name of a hypervisor");
        PayloadCodec.WriteActor(ref writer, added.Hypervisor);
        payloads.Write(ref writer, added.CorrelationId);
    }

    public HypervisorAdded ReadAdded(ref XdrReader reader) => new(reader.ReadString(Limit), payloads.ReadActor(ref reader), payloads.Read(ref reader));

    public void WriteNamed(ref XdrWriter writer, string name, object? correlationId)
    {
        writer.WriteString(name, Limit, "the name of a hypervisor");
        payloads.Write(ref writer, correlationId);
    }

    public void WriteEnvelope(ref XdrWriter writer, HypervisorEnvelope envelope)
    {
        writer.WriteString(envelope.Name, Limit, "the name of a hypervisor");
        payloads.Write(ref writer, envelope.Message);
    }

    public HypervisorEnvelope ReadEnvelope(ref XdrReader reader) => new(reader.ReadString(Limit), payloads.ReadPresent(ref reader));

    public void WriteSubscribe(ref XdrWriter writer, SubscribeHypervisorState subscribe)
    {
        writer.WriteOptionalString(subscribe.Name, Limit, "the name of a hypervisor");
        payloads.Write(ref writer, subscribe.CorrelationId);
    }

    public SubscribeHypervisorState ReadSubscribe(ref XdrReader reader) =>
        new(reader.ReadOptionalString(Limit)) { CorrelationId = payloads.Read(ref reader) };
}
