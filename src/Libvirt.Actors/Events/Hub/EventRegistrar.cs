using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>
/// Asks one connection's daemon for events, family by family, in the form it knows. Its calls are control calls: they do not queue behind the users'.
/// </summary>
internal sealed class EventRegistrar(ConnectionHandle connection, TimeSpan timeout, TimeProvider time)
{
    // virDrvFeature VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK: the daemon knows registrations with a callback id.
    private const int EventCallbackFeature = 14;

    // virDrvFeature VIR_DRV_FEATURE_REMOTE_CLOSE_CALLBACK.
    private const int CloseCallbackFeature = 15;

    // One after the other: a daemon works on several calls at once, and registrations without an id must not overtake each other.
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private bool? _knowsCallbacks;

    /// <summary>Registers the kind.</summary>
    /// <exception cref="LibvirtException">The daemon refused, or the connection went.</exception>
    public async Task<DaemonRegistration> RegisterAsync(EventKind kind)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            return await RegisterNowAsync(kind).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Takes the registration back.</summary>
    /// <exception cref="LibvirtException">The daemon refused, or the connection went.</exception>
    public async Task DeregisterAsync(EventKind kind, DaemonRegistration daemon)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            await DeregisterNowAsync(kind, daemon).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Sends a control call.</summary>
    public ValueTask<TRet> CallAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs args)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        PendingCall<TRet>.Rent(procedure, args, CallPriority.Control, timeout, CallDeadline.After(timeout, time))
            .Submit(connection, CancellationToken.None);

    private async Task<DaemonRegistration> RegisterNowAsync(EventKind kind)
    {
        switch (kind.Family)
        {
            case EventFamily.Domain when await KnowsCallbacksAsync().ConfigureAwait(false):
                ConnectDomainEventCallbackRegisterAnyArgs domain = new() { EventId = kind.Id, Dom = null };
                return new DaemonRegistration(kind.Wire, (await CallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny, domain).ConfigureAwait(false)).CallbackId);
            case EventFamily.Domain:
                return await RegisterLegacyAsync(kind).ConfigureAwait(false);
            case EventFamily.Network:
                ConnectNetworkEventRegisterAnyArgs network = new() { EventId = kind.Id, Net = null };
                return new DaemonRegistration(kind.Wire, (await CallAsync(RemoteProcedures.ConnectNetworkEventRegisterAny, network).ConfigureAwait(false)).CallbackId);
            case EventFamily.StoragePool:
                ConnectStoragePoolEventRegisterAnyArgs pool = new() { EventId = kind.Id, Pool = null };
                return new DaemonRegistration(kind.Wire, (await CallAsync(RemoteProcedures.ConnectStoragePoolEventRegisterAny, pool).ConfigureAwait(false)).CallbackId);
            case EventFamily.NodeDevice:
                ConnectNodeDeviceEventRegisterAnyArgs device = new() { EventId = kind.Id, Dev = null };
                return new DaemonRegistration(kind.Wire, (await CallAsync(RemoteProcedures.ConnectNodeDeviceEventRegisterAny, device).ConfigureAwait(false)).CallbackId);
            case EventFamily.Secret:
                ConnectSecretEventRegisterAnyArgs secret = new() { EventId = kind.Id, Secret = null };
                return new DaemonRegistration(kind.Wire, (await CallAsync(RemoteProcedures.ConnectSecretEventRegisterAny, secret).ConfigureAwait(false)).CallbackId);
            case EventFamily.QemuMonitor:
                ConnectDomainMonitorEventRegisterArgs monitor = new() { Dom = null, Event = kind.Filter!.Event, Flags = (uint)kind.Filter.Flags };
                return new DaemonRegistration(kind.Wire, (await CallAsync(QemuProcedures.ConnectDomainMonitorEventRegister, monitor).ConfigureAwait(false)).CallbackId);
            default:
                if (!await HasFeatureAsync(CloseCallbackFeature).ConfigureAwait(false))
                    throw new LibvirtEventNotSupportedException(kind);
                await CallAsync(RemoteProcedures.ConnectRegisterCloseCallback, XdrVoid.Value).ConfigureAwait(false);
                return new DaemonRegistration(kind.Wire, null);
        }
    }

    private async Task DeregisterNowAsync(EventKind kind, DaemonRegistration daemon)
    {
        int callbackId = daemon.CallbackId ?? 0;
        switch (kind.Family)
        {
            case EventFamily.Domain when daemon.CallbackId is null:
                await DeregisterLegacyAsync(kind).ConfigureAwait(false);
                break;
            case EventFamily.Domain:
                await CallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny, new ConnectDomainEventCallbackDeregisterAnyArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            case EventFamily.Network:
                await CallAsync(RemoteProcedures.ConnectNetworkEventDeregisterAny, new ConnectNetworkEventDeregisterAnyArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            case EventFamily.StoragePool:
                await CallAsync(RemoteProcedures.ConnectStoragePoolEventDeregisterAny, new ConnectStoragePoolEventDeregisterAnyArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            case EventFamily.NodeDevice:
                await CallAsync(RemoteProcedures.ConnectNodeDeviceEventDeregisterAny, new ConnectNodeDeviceEventDeregisterAnyArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            case EventFamily.Secret:
                await CallAsync(RemoteProcedures.ConnectSecretEventDeregisterAny, new ConnectSecretEventDeregisterAnyArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            case EventFamily.QemuMonitor:
                await CallAsync(QemuProcedures.ConnectDomainMonitorEventDeregister, new ConnectDomainMonitorEventDeregisterArgs { CallbackId = callbackId }).ConfigureAwait(false);
                break;
            default:
                await CallAsync(RemoteProcedures.ConnectUnregisterCloseCallback, XdrVoid.Value).ConfigureAwait(false);
                break;
        }
    }

    private async Task<DaemonRegistration> RegisterLegacyAsync(EventKind kind)
    {
        WireEvent legacy = kind.Legacy ?? throw new LibvirtEventNotSupportedException(kind);
        if (kind == DomainEvents.Lifecycle)
            await CallAsync(RemoteProcedures.ConnectDomainEventRegister, XdrVoid.Value).ConfigureAwait(false);
        else
            await CallAsync(RemoteProcedures.ConnectDomainEventRegisterAny, new ConnectDomainEventRegisterAnyArgs { EventId = kind.Id }).ConfigureAwait(false);
        return new DaemonRegistration(legacy, null);
    }

    private async Task DeregisterLegacyAsync(EventKind kind)
    {
        if (kind == DomainEvents.Lifecycle)
            await CallAsync(RemoteProcedures.ConnectDomainEventDeregister, XdrVoid.Value).ConfigureAwait(false);
        else
            await CallAsync(RemoteProcedures.ConnectDomainEventDeregisterAny, new ConnectDomainEventDeregisterAnyArgs { EventId = kind.Id }).ConfigureAwait(false);
    }

    // Asked once a connection.
    private async Task<bool> KnowsCallbacksAsync() => _knowsCallbacks ??= await HasFeatureAsync(EventCallbackFeature).ConfigureAwait(false);

    private async Task<bool> HasFeatureAsync(int feature)
    {
        ConnectSupportsFeatureArgs args = new() { Feature = feature };
        return (await CallAsync(RemoteProcedures.ConnectSupportsFeature, args).ConfigureAwait(false)).Supported != 0;
    }
}
