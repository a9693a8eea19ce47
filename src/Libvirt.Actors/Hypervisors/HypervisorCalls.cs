using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

/// <summary>
/// Passes each call from asynchronous code to the connection that serves calls, or to the hypervisor's actor while there is none.
/// </summary>
internal sealed class HypervisorCalls(HypervisorLink link, HypervisorRef hypervisor, HypervisorOptions defaults, TimeProvider time) : ICallInvoker
{
    public ValueTask<TRet> CallAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions callOptions = default, CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        CallAsync(procedure, args, callOptions, null, cancellationToken);

    /// <summary>A call with file descriptors, those that go and those that come.</summary>
    public ValueTask<TRet> CallAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions callOptions, DescriptorExchange? descriptors, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(args);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<TRet>(cancellationToken);
        TimeSpan timeout = callOptions.Timeout ?? (procedure.IsReading ? defaults.ReadTimeout : defaults.CallTimeout);
        PendingCall<TRet> call = PendingCall<TRet>.Rent(procedure, args, CallPriority.Normal, timeout, CallDeadline.After(timeout, time));
        call.Descriptors = descriptors;
        ICallHolder holder = link.Connection is { } connection ? connection : hypervisor;
        return call.Submit(holder, cancellationToken);
    }

    /// <summary>
    /// Makes a call whose reply begins a stream, over the given connection or the one that serves calls. When it fails, or is given up at any moment,
    /// no stream is left behind.
    /// </summary>
    public async ValueTask<TRet> OpenStreamAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamPort port, CallOptions options, ConnectionHandle? on, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan timeout = options.Timeout ?? defaults.ReadTimeout;
        PendingCall<TRet> call = PendingCall<TRet>.Rent(procedure, args, CallPriority.Normal, timeout, CallDeadline.After(timeout, time));
        call.Stream = port;
        try
        {
            ICallHolder holder = on ?? (ICallHolder?)link.Connection ?? hypervisor;
            return await call.Submit(holder, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            port.Abandon();
            throw;
        }
    }
}
