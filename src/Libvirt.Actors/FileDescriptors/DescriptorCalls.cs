using System.Runtime.InteropServices;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.FileDescriptors;

/// <summary>Calls that pass file descriptors. Whatever way a call ends, nothing that came with it stays open without an owner.</summary>
internal static class DescriptorCalls
{
    /// <summary>A call that files go with.</summary>
    public static async ValueTask<TRet> SendAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, IReadOnlyList<SafeHandle> files, CallOptions? options,
        CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        (await ExchangeAsync(hypervisor, procedure, args, files, options ?? default, cancellationToken).ConfigureAwait(false)).Result;

    /// <summary>A call that files come with, one at least. The caller owns them.</summary>
    public static async ValueTask<IReadOnlyList<SafeFileHandle>> ReceiveAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, CallOptions? options, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        (await ExchangeAsync(hypervisor, procedure, args, [], options ?? default, cancellationToken).ConfigureAwait(false)).Files;

    /// <summary>A call that files go with, come with, or both. The caller owns those that came; where only some can come, one at least has.</summary>
    public static async ValueTask<FilesReply<TRet>> ExchangeAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, IReadOnlyList<SafeHandle> files, CallOptions options,
        CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(files.Count, FrameLimits.MaxFileDescriptors, nameof(files));
        DescriptorExchange exchange = new([.. files]);
        try
        {
            TRet result = await CallAsync(hypervisor, procedure, args, exchange, options, cancellationToken).ConfigureAwait(false);
            SafeFileHandle[] come = await AwaitIncomingAsync(procedure, exchange, cancellationToken).ConfigureAwait(false);
            exchange = new DescriptorExchange([]);
            return come.Length > 0 || !MustBring(procedure)
                ? new FilesReply<TRet>(result, come)
                : throw new LibvirtProtocolException($"The reply to {procedure.Name} brought no file descriptor; one at least belongs to it.");
        }
        finally
        {
            exchange.Abandon();
        }
    }

    // A procedure that takes files as well may have none to give.
    private static bool MustBring(Procedure procedure) =>
        (procedure.Traits & (ProcedureTraits.SendsDescriptors | ProcedureTraits.ReceivesDescriptors)) == ProcedureTraits.ReceivesDescriptors;

    private static async ValueTask<SafeFileHandle[]> AwaitIncomingAsync(
        Procedure procedure, DescriptorExchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.Incoming.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            throw new LibvirtConnectionLostException(
                $"{procedure.Name} was carried out, and the connection was lost before its file descriptors came.", sent: true, error);
        }
    }

    private static ValueTask<TRet> CallAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, DescriptorExchange exchange, CallOptions options,
        CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        if (hypervisor.Uri.Transport != UriTransport.Unix)
            throw new NotSupportedException($"{procedure.Name} passes file descriptors, which works only on a unix socket; {hypervisor.Uri} goes by {hypervisor.Uri.Transport.ToString().ToLowerInvariant()}.");
        if (!OperatingSystem.IsLinux() || nint.Size != sizeof(long))
            throw new PlatformNotSupportedException($"{procedure.Name} passes file descriptors, which is there for Linux on 64 bits only.");
        if (!hypervisor.Options.FileDescriptors)
            throw new InvalidOperationException($"{procedure.Name} passes file descriptors: connect with HypervisorOptions.FileDescriptors.");
        return CallTelemetry.ObserveWhereOnAsync(
            hypervisor.Uri, procedure, () => hypervisor.OwnCalls.CallAsync(procedure, args, options, exchange, cancellationToken));
    }
}
