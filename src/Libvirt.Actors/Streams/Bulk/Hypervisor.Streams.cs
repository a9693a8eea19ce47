using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>
    /// Makes a call that begins a stream, any of <see cref="StreamProcedures.Streams"/>, on a connection of the stream's own. It is the way to those that no
    /// object has a method for, such as the tunnels of migrations; the objects' methods are the better way to all others.
    /// </summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="args">Its arguments as on the wire.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The call's answer and its stream, which the caller disposes.</returns>
    /// <typeparam name="TArgs">The arguments' type.</typeparam>
    /// <typeparam name="TRet">The answer's type.</typeparam>
    /// <exception cref="ArgumentException">The procedure does not begin a stream.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<StreamReply<TRet>> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(args);
        if (!StreamProcedures.Streams.Contains(procedure))
            throw new ArgumentException($"{procedure.Name} does not begin a stream.", nameof(procedure));
        StreamPort port = new(procedure, new StreamBuffering(Options.StreamBuffer, Overflow: null));
        TRet result = await OpenBulkAsync(procedure, args, port, cancellationToken).ConfigureAwait(false);
        return new StreamReply<TRet>(result, new LibvirtStream(port));
    }
}
