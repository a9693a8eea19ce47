using System.Runtime.InteropServices;
using Libvirt.Diagnostics;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

/// <summary>The public way into a hypervisor's calls: each kind of procedure goes to the part that carries it out.</summary>
internal sealed class HypervisorInvoker(Hypervisor hypervisor) : IProcedureInvoker
{
    private readonly ObservedCalls _calls = new(hypervisor.OwnCalls, hypervisor.Uri);

    public ValueTask<TRet> CallAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions options = default, CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        _calls.CallAsync(procedure, args, options, cancellationToken);

    public ValueTask<StreamReply<TRet>> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamOptions? stream = null, CallOptions options = default,
        CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(args);
        return StreamCalls.Begins(procedure)
            ? hypervisor.OpenStreamAsync(procedure, args, stream, memory: null, options, cancellationToken)
            : throw new ArgumentException($"{procedure.Name} begins no stream: make it as an ordinary call.", nameof(procedure));
    }

    public ValueTask<FilesReply<TRet>> CallWithFilesAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, IReadOnlyList<SafeHandle> files, CallOptions options = default,
        CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(args);
        return DescriptorCalls.ExchangeAsync(hypervisor, procedure, args, files, options, cancellationToken);
    }
}
