using System.Buffers;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>
    /// Makes any call that begins a stream: on a connection of its own, unless somebody types there and it is to share the hypervisor's. What is no console or
    /// channel never loses anything to a full buffer.
    /// </summary>
    internal async ValueTask<StreamReply<TRet>> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamOptions? stream, MemoryPool<byte>? memory, CallOptions options, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        bool isInteractive = StreamCalls.IsInteractive(procedure);
        StreamOptions wanted = stream ?? StreamOptions.Default;
        bool isShared = isInteractive && wanted.SharesConnection;
        StreamOverflow? overflow = isInteractive ? wanted.Overflow ?? (isShared ? StreamOverflow.Abort : null) : null;
        int capacity = stream is null && !isInteractive ? Options.StreamBuffer : wanted.BufferSize;
        StreamPort port = new(procedure, new StreamBuffering(capacity, overflow, memory));
        if (isShared)
            port.AbortLimit = new StreamAbortLimit(Options.CloseTimeout, Time, OwnsConnection: false);
        TRet result = isShared
            ? await CallTelemetry
                .ObserveWhereOnAsync(Uri, procedure, () => OwnCalls.OpenStreamAsync(procedure, args, port, options, on: null, cancellationToken))
                .ConfigureAwait(false)
            : await OpenOnOwnAsync(
                isInteractive ? ConnectionRole.Interactive : ConnectionRole.Bulk, procedure, args, port, options, cancellationToken).ConfigureAwait(false);
        return new StreamReply<TRet>(result, new LibvirtStream(port));
    }
}
