using Actors;
using Libvirt.Connection;
using Libvirt.Streams;

namespace Libvirt;

// Connections of their own for bulk streams, which let the socket wait: handed out one stream at a time, reused, closed when idle.
internal sealed partial class HypervisorActor
{
    private readonly Dictionary<ConnectionHandle, BulkConnection> _bulk = [];
    private readonly Queue<ReplyTo<ConnectionHandle>> _awaitingBulk = [];

    private void RentBulk(ReplyTo<ConnectionHandle> reply)
    {
        if (_closing)
        {
            reply.TrySetException(new LibvirtConnectionLostException("The stream was not opened: the hypervisor was closed.", sent: false, null));
            return;
        }

        _awaitingBulk.Enqueue(reply);
        ServeBulk();
    }

    /// <summary>Gives idle connections to those who wait, first come first served, and makes as many new ones as are wanted and allowed.</summary>
    private void ServeBulk()
    {
        while (_awaitingBulk.Count > 0 && _bulk.Values.FirstOrDefault(static bulk => bulk.State == BulkState.Idle) is { } idle)
        {
            // Who has given up waiting does not take it.
            if (!_awaitingBulk.Dequeue().TrySetResult(idle.Handle))
                continue;
            idle.State = BulkState.Used;
            Context.Timers.Cancel(idle);
        }

        int connecting = _bulk.Values.Count(static bulk => bulk.State == BulkState.Connecting);
        for (; !_closing && connecting < _awaitingBulk.Count && _bulk.Count < settings.Options.MaxBulkConnections; connecting++)
            ConnectBulk();
    }

    private void ConnectBulk()
    {
        // Calls on it belong to its stream: nobody else takes them over.
        ConnectionHandle handle = new(successor: null);
        BulkReports reports = new(Context.Self);
        ConnectionSettings silent = settings with { DaemonMayPing = false };
        IActorRef<IConnectionMessage> connection = Context.Spawn(
            $"bulk-{++_connections}", () => new ConnectionActor(silent, handle, reports, ConnectionRole.Bulk), settings.ActorOptions);
        _bulk.Add(handle, new BulkConnection(handle, connection));
        Context.Watch(connection, new BulkEnded(handle));
    }

    private void AfterBulkUse(ConnectionHandle handle)
    {
        if (!_bulk.TryGetValue(handle, out BulkConnection? bulk) || handle.HasEnded || _closing)
            return;
        bulk.State = BulkState.Idle;
        Context.Timers.StartOnce(bulk, settings.Options.ExtraConnectionIdle, new BulkIsIdle(handle));
        ServeBulk();
    }

    private void CloseIdleBulk(ConnectionHandle handle)
    {
        if (!_bulk.TryGetValue(handle, out BulkConnection? bulk) || bulk.State != BulkState.Idle)
            return;
        bulk.State = BulkState.Closing;
        _ = bulk.Ref.TellWhenRoomAsync(new CloseConnection(settings.Options.CloseTimeout)).AsTask();
    }

    private void AfterBulk(ConnectionHandle ended)
    {
        if (!_bulk.Remove(ended, out BulkConnection? bulk))
            return;
        Context.Timers.Cancel(bulk);
        if (bulk.State == BulkState.Connecting)
            FailFirstAwaitingBulk(ended.EndReason);
        ServeBulk();
        CloseWhenAllEnded();
    }

    /// <summary>An attempt was made for somebody: its failure is the answer to the one who waits longest.</summary>
    private void FailFirstAwaitingBulk(Exception? reason)
    {
        while (_awaitingBulk.TryDequeue(out ReplyTo<ConnectionHandle> reply))
        {
            if (reply.TrySetException(NoBulk(reason)))
                return;
        }
    }

    private void CloseBulk()
    {
        foreach (BulkConnection bulk in _bulk.Values)
            _ = bulk.Ref.TellWhenRoomAsync(new CloseConnection(settings.Options.CloseTimeout)).AsTask();
        FailAwaitingBulk(null);
    }

    private void FailAwaitingBulk(Exception? reason)
    {
        while (_awaitingBulk.TryDequeue(out ReplyTo<ConnectionHandle> reply))
            reply.TrySetException(NoBulk(reason));
    }

    private static LibvirtConnectionLostException NoBulk(Exception? reason)
    {
        string cause = reason is null ? "the hypervisor was closed" : "its connection could not be made: " + reason.Message.TrimEnd('.');
        return new LibvirtConnectionLostException($"The stream was not opened; {cause}.", sent: false, reason);
    }

    private enum BulkState
    {
        Connecting,
        Idle,
        Used,
        Closing,
    }

    private sealed class BulkConnection(ConnectionHandle handle, IActorRef<IConnectionMessage> connection)
    {
        public ConnectionHandle Handle => handle;

        public IActorRef<IConnectionMessage> Ref => connection;

        public BulkState State { get; set; } = BulkState.Connecting;
    }
}
