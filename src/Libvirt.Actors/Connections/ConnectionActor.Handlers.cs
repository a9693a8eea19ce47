using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Streams;
using Libvirt.Threads;
using Libvirt.Transports;

namespace Libvirt.Connections;

// The transitions between states, and what needs timers or children.
internal sealed partial class ConnectionActor
{
    private void BeginHandshake(IByteTransport transport)
    {
        _wire = new ConnectionWire(transport, _calls, _keepAlive, _settings, _handle, _owner, StartStream, _log);
        _ = new Handshake(_settings, _handle, transport).RunAsync(_stopping.Token);
        Become(Handshaking);
    }

    private void BecomeReady(ConnectionFeatures features)
    {
        _calls.Open();
        _wire!.AllowThread();
        if (features.KeepAlive)
            Timers.StartSingleTimer(TimerKeys.KeepAlive, new KeepAliveTick(), _keepAlive.Start());
        else if (_settings.Options.KeepAliveInterval != Timeout.InfiniteTimeSpan)
            ConnectionLog.NoKeepAlive(_log, _settings.Endpoint);
        ConnectionLog.Ready(_log, _settings.Endpoint, _settings.Uri.DriverName);
        Become(Ready);
        _owner.OnReady(_handle);
    }

    private void BeginClose(TimeSpan limit)
    {
        // A console does not end by itself, so there is nothing to wait for.
        if (_role == ConnectionRole.Interactive && _wire!.Streams.Count > 0)
        {
            End(null);
            return;
        }

        _handle.BeginClose();
        Timers.StartSingleTimer(TimerKeys.Close, new FinishClose(), limit);
        Become(Closing);
    }

    private void SendCloseWhenDrained()
    {
        if (_hasSentClose || !_calls.IsDrained || (_role == ConnectionRole.Bulk && _wire!.Streams.Count > 0))
            return;
        _hasSentClose = true;
        _ = new CloseRequest(_settings, _handle).RunAsync();
    }

    /// <summary>What follows the messages that are in the mailbox now: one write for all calls among them.</summary>
    private void ScheduleEndOfBatch()
    {
        if (_endOfBatchIsDue || _handle.HasEnded)
            return;
        _endOfBatchIsDue = true;
        Self.Tell(EndOfBatch.Message, ActorRefs.NoSender);
    }

    private void SendBatch(ConnectionWire wire)
    {
        _endOfBatchIsDue = false;
        _calls.Send(wire.Sender);
        wire.Sender.Flush();
        if (wire.Streams.Send() && _role == ConnectionRole.Interactive)
            _keepAlive.ConsoleDataSent();
        wire.HasCallsToSendAhead = _calls.HasCallsToSendAhead;
    }

    private void RouteFrames(ReceivedFrames frames, ConnectionWire wire)
    {
        TurnContinuations.Begin(frames.Unblocked);
        try
        {
            if (wire.Router.Route(frames) is { } reason)
                Fail(reason);
        }
        finally
        {
            TurnContinuations.End();
            frames.Routed();
        }
    }

    private void CompleteSend(ConnectionWire wire)
    {
        wire.Sender.Completed();
        // A daemon that writes an upload to a slow disk does not read pings meanwhile; accepting data shows that it is alive.
        if (wire.Streams.Count > 0)
            _keepAlive.PacketReceived();
    }

    private void CheckKeepAlive(ConnectionWire wire)
    {
        switch (_keepAlive.Check(wire.Router.IsReadingPaused, out TimeSpan next))
        {
            case KeepAliveVerdict.Ping:
                wire.Sender.AddKeepAlive(KeepAliveProcedure.Ping);
                break;
            case KeepAliveVerdict.Dead:
                Fail(new TimeoutException($"The daemon has been silent for {_keepAlive.Silence.TotalSeconds:0.#} s and has not answered pings."));
                return;
        }

        Timers.StartSingleTimer(TimerKeys.KeepAlive, new KeepAliveTick(), next);
    }

    private void Accept(IPendingCall call)
    {
        if (call.IsCompleted)
            return;
        if (call.Priority == CallPriority.Normal && _calls.IsFull)
        {
            call.TryFail(new LibvirtQueueFullException(call.Procedure.Name));
            return;
        }

        if (_relief.IsKnownSlow(call))
        {
            if (_relief.TryMove(call))
                return;
            if (_calls.IsOpen)
                _owner.OnStuck(_handle);
        }

        if (call is ActorCall actorCall)
            StartCallActor(actorCall);
        ScheduleSweep(_calls.Add(call));
    }

    private void ScheduleSweep(TimeSpan? delay)
    {
        if (delay is { } next)
            Timers.StartSingleTimer(TimerKeys.Deadlines, new SweepDeadlines(), next);
    }

    /// <summary>The serial is reserved now, since it names the child. A connection that takes the call over has a child of its own.</summary>
    private void StartCallActor(ActorCall call)
    {
        call.Child?.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        uint serial = _calls.Serials.ReserveSerial();
        call.Serial = serial;
        call.Child = Context.ActorOf(CallActor.Props(call, _handle), $"call-{serial}");
        Context.WatchWith(call.Child, new CallActorEnded(call, serial));
    }

    /// <summary>The actor of a call has stopped. If the call has neither ended nor moved to another connection, the actor failed.</summary>
    private void FailCallWithoutActor(CallActorEnded ended)
    {
        ActorCall call = ended.Call;
        _calls.Serials.CancelReservation(ended.Serial);
        if (call.IsCompleted || call.Holder != _handle || call.Serial != ended.Serial)
            return;
        _calls.Abandon(call);
        call.TryFail(new InvalidOperationException($"The actor of the call {call.Procedure.Name} failed; the log of the actor system has the reason."));
    }

    private IActorRef StartStream(StreamPort port, MessageHeader header)
    {
        IActorRef actor = Context.ActorOf(StreamActor.Props(port, header, _handle), $"stream-{header.Serial}");
        Context.WatchWith(actor, new StreamEnded(header.Serial));
        return actor;
    }

    /// <summary>Moves calls that find no place here, or checks later whether slow calls hold all places.</summary>
    private void RelieveQueue()
    {
        if (_calls.IsBackedUp && !_relief.TryMoveWaiting() && !Timers.IsTimerActive(TimerKeys.Stuck))
            Timers.StartSingleTimer(TimerKeys.Stuck, new CheckForStuckCalls(), _settings.Options.SlowCallAfter);
    }

    private void RequestReliefWhenStuck()
    {
        if (!_relief.IsStuck)
            return;
        ConnectionLog.Stuck(_log, _settings.Endpoint, _calls.Serials.Count, _calls.Waiting.Count);
        _owner.OnStuck(_handle);
    }

    /// <summary>An overflow connection closes when it has not been needed for a while.</summary>
    private void CloseWhenIdle()
    {
        if (_role != ConnectionRole.Overflow)
            return;
        if (!_calls.IsIdle || _wire!.Streams.Count > 0)
            Timers.Cancel(TimerKeys.Idle);
        else if (!Timers.IsTimerActive(TimerKeys.Idle))
            Timers.StartSingleTimer(TimerKeys.Idle, new CloseConnection(_settings.Options.CloseTimeout), _settings.Options.ExtraConnectionIdle);
    }

    /// <summary>
    /// The opening of a stream was given up while its call was in flight. The reply may begin a stream, which is then aborted; when that has ended, the connection
    /// can be used again.
    /// </summary>
    private void Settle(TimeSpan limit)
    {
        _isSettling = true;
        Timers.StartSingleTimer(TimerKeys.Settling, new SettlingTimedOut(), limit);
    }

    private void ReportWhenSettled()
    {
        if (!_isSettling || !_calls.IsIdle || _calls.Serials.HasStreams)
            return;
        _isSettling = false;
        Timers.Cancel(TimerKeys.Settling);
        _owner.OnReady(_handle);
    }

    private void EndUnlessSettled()
    {
        if (_isSettling)
            End(null);
    }
}
