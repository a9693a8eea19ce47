using Actors;
using Libvirt.Connection;
using Libvirt.Diagnostics;

namespace Libvirt;

// Further connections for calls that would wait behind stuck ones.
internal sealed partial class HypervisorActor
{
    private readonly Dictionary<ConnectionHandle, IActorRef<IConnectionMessage>> _overflows = [];

    private void Relieve(ConnectionHandle stuck)
    {
        if (_closing || stuck.HasEnded || 1 + _overflows.Count >= settings.Options.MaxConnections)
            return;
        ConnectionHandle handle = new(hold);
        OverflowReports reports = new(Context.Self, stuck);
        IActorRef<IConnectionMessage> connection = Context.Spawn(
            $"connection-{++_connections}", () => new ConnectionActor(settings, handle, reports, ConnectionRole.Overflow), settings.ActorOptions);
        _overflows.Add(handle, connection);
        Context.Watch(connection, new OverflowEnded(handle));
        HypervisorLog.Overflow(Context.Log, settings.Uri, 1 + _overflows.Count);
    }

    private void AfterOverflow(ConnectionHandle ended)
    {
        _overflows.Remove(ended);
        CloseWhenAllEnded();
    }
}
