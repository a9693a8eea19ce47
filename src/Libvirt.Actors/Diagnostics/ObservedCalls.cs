using Libvirt.Protocol;

namespace Libvirt.Diagnostics;

/// <summary>Calls that are told of while anybody listens; else only passed on.</summary>
internal sealed class ObservedCalls(HypervisorCalls calls, LibvirtUri uri)
{
    public ValueTask<TRet> CallAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions callOptions = default, CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return CallTelemetry.IsOn
            ? ObserveAsync(procedure, args, callOptions, cancellationToken)
            : calls.CallAsync(procedure, args, callOptions, cancellationToken);
    }

    // Apart, since what a lambda captures is allocated where its method begins: a call that nobody observes must not pay for it.
    private ValueTask<TRet> ObserveAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions callOptions, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        CallTelemetry.ObserveAsync(uri, procedure, () => calls.CallAsync(procedure, args, callOptions, cancellationToken));
}
