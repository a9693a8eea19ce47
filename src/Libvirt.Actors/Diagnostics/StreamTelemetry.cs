using System.Diagnostics.Metrics;
using Libvirt.Protocol;

namespace Libvirt.Diagnostics;

/// <summary>What is told of streams: how many bytes they brought and took, by the procedure that began them. Holes are no bytes.</summary>
internal static class StreamTelemetry
{
    private static readonly Counter<long> Bytes = LibvirtTelemetry.Meter.CreateCounter<long>(
        "libvirt.stream.io", "By", "Bytes that streams brought and took.");

    public static void Received(Procedure procedure, int bytes) => Count(procedure, bytes, "receive");

    public static void Sent(Procedure procedure, int bytes) => Count(procedure, bytes, "transmit");

    private static void Count(Procedure procedure, int bytes, string direction)
    {
        if (Bytes.Enabled && bytes > 0)
            Tell(procedure, bytes, direction);
    }

    private static void Tell(Procedure procedure, int bytes, string direction) => Guarded.Run(() => Bytes.Add(
        bytes, new("network.io.direction", direction), new KeyValuePair<string, object?>("rpc.method", CallTags.Named(procedure).Method)));
}
