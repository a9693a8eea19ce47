using System.Runtime.InteropServices;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

/// <summary>Carries out every kind of remote procedure: also those whose reply begins a stream, and those that pass open files.</summary>
public interface IProcedureInvoker : ICallInvoker
{
    /// <summary>
    /// Makes a call whose reply begins a stream, on a connection of the stream's own, where a reader that pauses pauses the daemon. Consoles and channels may
    /// share the hypervisor's connection instead (<see cref="StreamOptions.SharesConnection"/>).
    /// </summary>
    /// <param name="procedure">Which procedure; one of <see cref="StreamProcedures.Streams"/>.</param>
    /// <param name="args">Its arguments. Read once, before the call leaves; do not change them until the call ends.</param>
    /// <param name="stream">
    /// The stream's buffer and what happens when it is full. When null, the defaults; <see cref="HypervisorOptions.StreamBuffer"/> where it has a connection
    /// of its own.
    /// </param>
    /// <param name="options">The call's own limits. They end with the reply; the stream has none.</param>
    /// <param name="cancellationToken">Gives the call up; a stream that has begun meanwhile is aborted.</param>
    /// <returns>The result and the stream, which the caller disposes. A stream with holes cannot be read here: see <see cref="StorageVolume"/>.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    /// <exception cref="ArgumentException">The procedure begins no stream, or an argument cannot be encoded. Nothing was sent.</exception>
    ValueTask<StreamReply<TRet>> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamOptions? stream = null, CallOptions options = default,
        CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>;

    /// <summary>
    /// Makes a call that passes open files, to the daemon, from it or both. Needs a unix socket and <see cref="HypervisorOptions.FileDescriptors"/>.
    /// </summary>
    /// <param name="procedure">Which procedure; one of <see cref="StreamProcedures.FileDescriptors"/>.</param>
    /// <param name="args">Its arguments. Read once, before the call leaves; do not change them until the call ends.</param>
    /// <param name="files">What goes with the call, 32 at most. The caller keeps them and may close them when the call has ended.</param>
    /// <param name="options">The call's own limits.</param>
    /// <param name="cancellationToken">Gives up the waiting; files that come nevertheless are closed.</param>
    /// <returns>The result and what came with it. The caller owns the files.</returns>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="InvalidOperationException">The connection was made without <see cref="HypervisorOptions.FileDescriptors"/>.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    /// <exception cref="ArgumentException">An argument cannot be encoded, or there are too many files. Nothing was sent.</exception>
    ValueTask<FilesReply<TRet>> CallWithFilesAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, IReadOnlyList<SafeHandle> files, CallOptions options = default,
        CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>;
}
