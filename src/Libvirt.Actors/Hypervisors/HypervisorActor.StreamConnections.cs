using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Streams;

namespace Libvirt;

// Connections of their own for streams, which let the socket wait: handed out one stream at a time, reused, closed when idle. Those of transfers and
// those of consoles are counted apart, since a transfer ends and a console may stay for days.
internal sealed partial class HypervisorActor
{
    private readonly StreamPool _bulk = new(ConnectionRole.Bulk, start.Settings.Options.MaxBulkConnections);
    private readonly StreamPool _interactive = new(ConnectionRole.Interactive, start.Settings.Options.MaxInteractiveConnections);

    private bool HasStreamConnections => _bulk.Connections.Count + _interactive.Connections.Count > 0;

    private void Rent(RentConnection rent)
    {
        if (_closing)
        {
            rent.TryFail(new LibvirtConnectionLostException("The stream was not opened: the hypervisor was closed.", sent: false, null, isForGood: true));
            return;
        }

        StreamPool pool = rent.Role == ConnectionRole.Interactive ? _interactive : _bulk;
        pool.Awaiting.Enqueue(rent);
        Serve(pool);
    }

    /// <summary>Gives idle connections to those who wait, first come first served, and makes as many new ones as are wanted and allowed.</summary>
    private void Serve(StreamPool pool)
    {
        while (pool.Awaiting.Count > 0 && pool.Connections.Values.FirstOrDefault(static connection => connection.State == PooledConnectionState.Idle) is { } idle)
        {
            // Who has given up waiting does not take it.
            if (!pool.Awaiting.Dequeue().TryReply(idle.Handle))
                continue;
            idle.State = PooledConnectionState.Used;
            Timers.Cancel(idle);
        }

        int connecting = pool.Connections.Values.Count(static connection => connection.State == PooledConnectionState.Connecting);
        for (; !_closing && connecting < pool.Awaiting.Count && pool.Connections.Count < pool.Limit; connecting++)
            Connect(pool);
    }

    private void Connect(StreamPool pool)
    {
        // Calls on it belong to its stream: nobody else takes them over.
        ConnectionHandle handle = new(successor: null);
        StreamConnectionReports reports = new(Self);
        ConnectionSettings silent = _settings with { DaemonMayPing = false };
        string kind = pool.Role == ConnectionRole.Bulk ? "bulk" : "interactive";
        IActorRef connection = Context.ActorOf(
            ConnectionActor.Props(silent, handle, reports, pool.Role), $"{kind}-{++_connections}");
        pool.Connections.Add(handle, new PooledConnection(handle, connection));
        Context.WatchWith(connection, new StreamConnectionEnded(handle));
    }

    private void AfterStreamUse(ConnectionHandle handle)
    {
        StreamPool pool = PoolOf(handle);
        if (!pool.Connections.TryGetValue(handle, out PooledConnection? connection) || handle.HasEnded || _closing)
            return;
        connection.State = PooledConnectionState.Idle;
        Timers.StartSingleTimer(connection, new StreamConnectionIsIdle(handle), _settings.Options.ExtraConnectionIdle);
        Serve(pool);
    }

    private void CloseIdle(ConnectionHandle handle)
    {
        if (!PoolOf(handle).Connections.TryGetValue(handle, out PooledConnection? connection) || connection.State != PooledConnectionState.Idle)
            return;
        connection.State = PooledConnectionState.Closing;
        connection.Ref.Tell(new CloseConnection(_settings.Options.CloseTimeout), ActorRefs.NoSender);
    }

    private void AfterStreamConnection(ConnectionHandle ended)
    {
        StreamPool pool = PoolOf(ended);
        if (!pool.Connections.Remove(ended, out PooledConnection? connection))
            return;
        Timers.Cancel(connection);
        Exception? reason = EndReasonOf(ended);
        if (connection.State == PooledConnectionState.Connecting)
            FailFirstAwaiting(pool, reason);
        Serve(pool);
        CloseWhenAllEnded();
    }

    /// <summary>An attempt was made for somebody: its failure is the answer to the one who waits longest.</summary>
    private static void FailFirstAwaiting(StreamPool pool, Exception? reason)
    {
        while (pool.Awaiting.TryDequeue(out RentConnection? request))
        {
            if (request.TryFail(NotOpened(reason)))
                return;
        }
    }

    private void CloseStreamConnections()
    {
        foreach (PooledConnection connection in _bulk.Connections.Values.Concat(_interactive.Connections.Values))
            connection.Ref.Tell(new CloseConnection(_settings.Options.CloseTimeout), ActorRefs.NoSender);
        FailAwaitingStreams(null);
    }

    private void FailAwaitingStreams(Exception? reason)
    {
        foreach (StreamPool pool in (StreamPool[])[_bulk, _interactive])
        {
            while (pool.Awaiting.TryDequeue(out RentConnection? request))
                request.TryFail(NotOpened(reason));
        }
    }

    private StreamPool PoolOf(ConnectionHandle handle) => _interactive.Connections.ContainsKey(handle) ? _interactive : _bulk;

    private static LibvirtConnectionLostException NotOpened(Exception? reason)
    {
        string cause = reason is null ? "the hypervisor was closed" : "its connection could not be made: " + reason.Message.TrimEnd('.');
        return new LibvirtConnectionLostException($"The stream was not opened; {cause}.", sent: false, reason, isForGood: reason is null);
    }
}
