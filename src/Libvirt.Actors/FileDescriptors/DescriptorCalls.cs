using System.Runtime.InteropServices;
using Libvirt.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.FileDescriptors;

/// <summary>Calls that pass file descriptors. Whatever way a call ends, nothing that came with it stays open without an owner.</summary>
internal static class DescriptorCalls
{
    /// <summary>A call that descriptors go with.</summary>
    public static async ValueTask<TRet> SendAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, IReadOnlyList<SafeHandle> descriptors, CallOptions? options,
        CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Count, FrameLimits.MaxFileDescriptors, nameof(descriptors));
        DescriptorExchange exchange = new([.. descriptors]);
        try
        {
            return await CallAsync(hypervisor, procedure, args, exchange, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            exchange.Abandon();
        }
    }

    /// <summary>A call that descriptors come with, at least <paramref name="least"/> of them, and its result. The caller owns them.</summary>
    public static async ValueTask<(TRet Result, SafeFileHandle[] Descriptors)> ReceiveAsync<TArgs, TRet>(
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, int least, CallOptions? options, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        DescriptorExchange exchange = new([]);
        try
        {
            TRet result = await CallAsync(hypervisor, procedure, args, exchange, options, cancellationToken).ConfigureAwait(false);
            SafeFileHandle[] come = await AwaitIncomingAsync(procedure, exchange, cancellationToken).ConfigureAwait(false);
            if (come.Length < least)
                throw new LibvirtProtocolException($"The reply to {procedure.Name} brought {come.Length} file descriptors; {least} belong to it.");
            exchange = new DescriptorExchange([]);
            return (result, come);
        }
        finally
        {
            exchange.Abandon();
        }
    }

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
        Hypervisor hypervisor, Procedure<TArgs, TRet> procedure, TArgs args, DescriptorExchange exchange, CallOptions? options,
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
        return hypervisor.OwnCalls.CallAsync(procedure, args, options ?? default, exchange, cancellationToken);
    }
}
