using Actors;
using Libvirt.Connection;
using Libvirt.Streams;

namespace Libvirt;

// Connections of their own for streams, which let the socket wait: handed out one stream at a time, reused, closed when idle. Those of transfers and
// those of consoles are counted apart, since a transfer ends and a console may stay for days.
internal sealed partial class HypervisorActor
{
    private readonly StreamPool _bulk = new(ConnectionRole.Bulk, settings.Options.MaxBulkConnections);
    private readonly StreamPool _interactive = new(ConnectionRole.Interactive, settings.Options.MaxInteractiveConnections);

    private bool HasStreamConnections => _bulk.Connections.Count + _interactive.Connections.Count > 0;

    private void Rent(RentConnection rent)
    {
        if (_closing)
        {
            rent.Reply.TrySetException(new LibvirtConnectionLostException("The stream was not opened: the hypervisor was closed.", sent: false, null, isForGood: true));
            return;
        }

        StreamPool pool = rent.Role == ConnectionRole.Interactive ? _interactive : _bulk;
        pool.Awaiting.Enqueue(rent.Reply);
        Serve(pool);
    }

    /// <summary>Gives idle connections to those who wait, first come first served, and makes as many new ones as are wanted and allowed.</summary>
    private void Serve(StreamPool pool)
    {
        while (pool.Awaiting.Count > 0 && pool.Connections.Values.FirstOrDefault(static connection => connection.State == PooledConnectionState.Idle) is { } idle)
        {
            // Who has given up waiting does not take it.
            if (!pool.Awaiting.Dequeue().TrySetResult(idle.Handle))
                continue;
            idle.State = PooledConnectionState.Used;
            Context.Timers.Cancel(idle);
        }

        int connecting = pool.Connections.Values.Count(static connection => connection.State == PooledConnectionState.Connecting);
        for (; !_closing && connecting < pool.Awaiting.Count && pool.Connections.Count < pool.Limit; connecting++)
            Connect(pool);
    }

    private void Connect(StreamPool pool)
    {
        // Calls on it belong to its stream: nobody else takes them over.
        ConnectionHandle handle = new(successor: null);
        StreamConnectionReports reports = new(Context.Self);
        ConnectionSettings silent = settings with { DaemonMayPing = false };
        string kind = pool.Role == ConnectionRole.Bulk ? "bulk" : "interactive";
        IActorRef<IConnectionMessage> connection = Context.Spawn(
            $"{kind}-{++_connections}", () => new ConnectionActor(silent, handle, reports, pool.Role), settings.ActorOptions);
        pool.Connections.Add(handle, new PooledConnection(handle, connection));
        Context.Watch(connection, new StreamConnectionEnded(handle));
    }

    private void AfterStreamUse(ConnectionHandle handle)
    {
        StreamPool pool = PoolOf(handle);
        if (!pool.Connections.TryGetValue(handle, out PooledConnection? connection) || handle.HasEnded || _closing)
            return;
        connection.State = PooledConnectionState.Idle;
        Context.Timers.StartOnce(connection, settings.Options.ExtraConnectionIdle, new StreamConnectionIsIdle(handle));
        Serve(pool);
    }

    private void CloseIdle(ConnectionHandle handle)
    {
        if (!PoolOf(handle).Connections.TryGetValue(handle, out PooledConnection? connection) || connection.State != PooledConnectionState.Idle)
            return;
        connection.State = PooledConnectionState.Closing;
        _ = connection.Ref.TellWhenRoomAsync(new CloseConnection(settings.Options.CloseTimeout)).AsTask();
    }

    private void AfterStreamConnection(ConnectionHandle ended)
    {
        StreamPool pool = PoolOf(ended);
        if (!pool.Connections.Remove(ended, out PooledConnection? connection))
            return;
        Context.Timers.Cancel(connection);
        if (connection.State == PooledConnectionState.Connecting)
            FailFirstAwaiting(pool, ended.EndReason);
        Serve(pool);
        CloseWhenAllEnded();
    }

    /// <summary>An attempt was made for somebody: its failure is the answer to the one who waits longest.</summary>
    private static void FailFirstAwaiting(StreamPool pool, Exception? reason)
    {
        while (pool.Awaiting.TryDequeue(out ReplyTo<ConnectionHandle> reply))
        {
            if (reply.TrySetException(NotOpened(reason)))
                return;
        }
    }

    private void CloseStreamConnections()
    {
        foreach (PooledConnection connection in _bulk.Connections.Values.Concat(_interactive.Connections.Values))
            _ = connection.Ref.TellWhenRoomAsync(new CloseConnection(settings.Options.CloseTimeout)).AsTask();
        FailAwaitingStreams(null);
    }

    private void FailAwaitingStreams(Exception? reason)
    {
        foreach (StreamPool pool in (StreamPool[])[_bulk, _interactive])
        {
            while (pool.Awaiting.TryDequeue(out ReplyTo<ConnectionHandle> reply))
                reply.TrySetException(NotOpened(reason));
        }
    }

    private StreamPool PoolOf(ConnectionHandle handle) => _interactive.Connections.ContainsKey(handle) ? _interactive : _bulk;

    private static LibvirtConnectionLostException NotOpened(Exception? reason)
    {
        string cause = reason is null ? "the hypervisor was closed" : "its connection could not be made: " + reason.Message.TrimEnd('.');
        return new LibvirtConnectionLostException($"The stream was not opened; {cause}.", sent: false, reason, isForGood: reason is null);
    }
}
