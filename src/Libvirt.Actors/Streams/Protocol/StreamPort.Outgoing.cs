using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;

namespace Libvirt.Streams;

// From the writer to the connection.
internal sealed partial class StreamPort
{
    /// <summary>The most data of one packet; older daemons take no more.</summary>
    public const int MaxPacket = 262120;

    /// <summary>Sends data. Completes when the memory is the caller's again: it is on its way then, and all before it has left.</summary>
    /// <exception cref="OperationCanceledException">A part of the data may have been sent, in whole packets.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            int length = Math.Min(MaxPacket, data.Length);
            await SendAsync(data[..length], null, cancellationToken).ConfigureAwait(false);
            data = data[length..];
        }
    }

    /// <summary>Sends a hole. Only where the call asked for holes: else the daemon would close the connection.</summary>
    public ValueTask WriteHoleAsync(long length, CancellationToken cancellationToken)
    {
        if (!IsSparse)
            throw new InvalidOperationException("The stream was not opened for holes.");
        return length == 0 ? default : SendAsync(default, new StreamHole(length, 0), cancellationToken);
    }

    /// <summary>What a write fails with once the stream has ended.</summary>
    public Exception EndedWhileWriting()
    {
        if (_failure is { } failure)
            return failure;
        return _connection is { HasEnded: true } connection
            ? CallFailures.ConnectionEnded(Procedure, sent: true, connection.EndReason)
            : new IOException("The stream has ended; the daemon takes no more data.");
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data, StreamHole? hole, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_connection is not { } connection)
            throw new InvalidOperationException("The stream has not begun.");
        OutgoingPacket packet = new(this, _serial, data, hole);
        using (cancellationToken.UnsafeRegister(static (packet, token) => ((OutgoingPacket)packet!).Withdraw(token), packet))
        {
            connection.Ref.Tell(packet, ActorRefs.NoSender);
            await packet.Task.ConfigureAwait(false);
        }

        StreamTelemetry.Sent(Procedure, data.Length);
    }
}
