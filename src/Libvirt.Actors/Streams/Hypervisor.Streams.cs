using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>Makes any call that begins a stream: on the hypervisor's own connection when somebody types there, else on a connection of its own.</summary>
    internal async ValueTask<StreamReply<TRet>> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamOptions stream, CallOptions options, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        bool isShared = StreamCalls.IsInteractive(procedure);
        StreamPort port = new(procedure, new StreamBuffering(stream.BufferSize, isShared ? stream.Overflow : null));
        TRet result = isShared
            ? await OwnCalls.OpenStreamAsync(procedure, args, port, options, on: null, cancellationToken).ConfigureAwait(false)
            : await OpenBulkAsync(procedure, args, port, cancellationToken, options).ConfigureAwait(false);
        return new StreamReply<TRet>(result, new LibvirtStream(port));
    }
}
