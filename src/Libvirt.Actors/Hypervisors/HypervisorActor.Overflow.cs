using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Diagnostics;

namespace Libvirt;

// Further connections for calls that would wait behind stuck ones.
internal sealed partial class HypervisorActor
{
    private readonly Dictionary<ConnectionHandle, OverflowConnection> _overflows = [];

    private void Relieve(ConnectionHandle stuck)
    {
        if (_closing || stuck.HasEnded || 1 + _overflows.Count >= _settings.Options.MaxConnections)
            return;
        if (_overflows.Any(overflow => overflow.Value.Relieved == stuck && overflow.Key.IsOpen))
            return;
        ConnectionHandle handle = new(_ref);
        OverflowReports reports = new(Self, stuck);
        IActorRef connection = Context.ActorOf(
            ConnectionActor.Props(_settings, handle, reports, ConnectionRole.Overflow), $"connection-{++_connections}");
        _overflows.Add(handle, new OverflowConnection(connection, stuck));
        Context.WatchWith(connection, new OverflowEnded(handle));
        HypervisorLog.Overflow(_log, _settings.Uri, 1 + _overflows.Count);
    }

    /// <param name="Actor">The connection.</param>
    /// <param name="Relieved">Which other one it stands beside.</param>
    private readonly record struct OverflowConnection(IActorRef Actor, ConnectionHandle Relieved);

    private void AfterOverflow(ConnectionHandle ended)
    {
        _overflows.Remove(ended);
        CloseWhenAllEnded();
    }
}
