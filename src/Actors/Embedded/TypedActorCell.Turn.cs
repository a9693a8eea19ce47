using System.Runtime.CompilerServices;

namespace Actors.Embedded;

/// <summary>
/// The turn. It works off the mailbox until nothing is left or its budget is spent. When the actor awaits, the turn leaves the thread
/// and keeps the claim; the awaited task brings it back.
/// </summary>
internal sealed partial class TypedActorCell<TMessage>
{
    private int _budget;
    private bool _batchOpen;
    private TurnStep _step;
    private bool _isResuming;
    private Action? _resume;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _awaited;

    protected override void RunTurn()
    {
        if (_isResuming)
        {
            _isResuming = false;
            FinishAwaited();
        }
        else
        {
            _budget = Options.Throughput;
        }

        WorkOff();
    }

    private void WorkOff()
    {
        while (TryStep())
        {
        }
    }

    /// <summary>Does the next thing. False when the turn has left this thread, so that nothing of the cell may be touched any more.</summary>
    private bool TryStep()
    {
        if (Phase == ActorPhase.StartDue && !IsStopRequested)
            return StartInstance();
        if (Phase == ActorPhase.EndingInstance)
            return StopInstance();
        if (_budget <= 0)
            return EndTurn();

        switch (_mailbox.Take(_batchOpen && Phase == ActorPhase.Active, out ControlSignal? signal, out Notice<TMessage>? notice, out TMessage? message))
        {
            case Work.Message:
                return HandleMessage(message!);
            case Work.Notice:
                return !notice!.TryTake(out message) || Handle(message);
            case Work.BatchEnd:
                return EndBatch();
            case Work.Signal:
                signal!.Apply(this);
                return true;
            case Work.Stop:
                Stop();
                return true;
            default:
                Host.Activity?.Leave();
                return false;
        }
    }

    /// <summary>Lets others run: gives the claim back, or queues the rest behind whatever else waits for the pool.</summary>
    private bool EndTurn()
    {
        if (_batchOpen && Phase == ActorPhase.Active)
            return EndBatch();
        _budget = Options.Throughput;
        if (_mailbox.TryRelease())
            Host.Activity?.Leave();
        else
            QueueTurn();
        return false;
    }

    private bool StartInstance()
    {
        Phase = ActorPhase.Starting;
        _batchOpen = false;
        var context = new ActorContext<TMessage>(this);
        _context = context;

        // Either this sees the request to stop, or the request sees the context.
        Interlocked.MemoryBarrier();
        if (IsStopRequested)
            context.SignalStopping();
        try
        {
            Actor<TMessage> instance = _factory!() ?? throw new InvalidOperationException($"The factory of '{Path}' returned null.");
            ActorDriver.Attach(instance, context);
            _instance = instance;
            return Await(ActorDriver.StartAsync(instance), TurnStep.Start);
        }
        catch (Exception error)
        {
            Finish(TurnStep.Start, error);
            return true;
        }
    }

    private bool HandleMessage(TMessage message)
    {
        Host.Counters.MessageHandled();
        return Handle(message);
    }

    private bool Handle(TMessage message)
    {
        _budget--;
        _batchOpen = true;
        try
        {
            return Await(ActorDriver.HandleAsync(_instance!, message), TurnStep.Message);
        }
        catch (Exception error)
        {
            Finish(TurnStep.Message, error);
            return true;
        }
    }

    private bool EndBatch()
    {
        _batchOpen = false;
        try
        {
            return Await(ActorDriver.EndBatchAsync(_instance!), TurnStep.BatchEnd);
        }
        catch (Exception error)
        {
            Finish(TurnStep.BatchEnd, error);
            return true;
        }
    }

    private bool StopInstance()
    {
        if (_instance is null)
        {
            InstanceEnded(null);
            return true;
        }

        try
        {
            return Await(ActorDriver.StopAsync(_instance), TurnStep.Stop);
        }
        catch (Exception error)
        {
            Finish(TurnStep.Stop, error);
            return true;
        }
    }

    /// <summary>Finishes a step whose task is complete; throws what the task failed with. Otherwise leaves the thread and returns false.</summary>
    private bool Await(ValueTask task, TurnStep step)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            if (step != TurnStep.Message)
                Finish(step, null);
            return true;
        }

        _step = step;
        _awaited = task.ConfigureAwait(false).GetAwaiter();
        Host.Activity?.LeaveAwaiting();
        _awaited.UnsafeOnCompleted(_resume ??= ResumeTurn);
        return false;
    }

    /// <summary>Runs on whichever thread completed what the actor awaited.</summary>
    private void ResumeTurn()
    {
        Host.Activity?.EnterAwaited();
        _isResuming = true;

        // A thread that completes a task in the midst of something else must not be made to run this actor's turn as well.
        if (TurnDepth.IsZero && Thread.CurrentThread.IsThreadPoolThread)
            ((IThreadPoolWorkItem)this).Execute();
        else
            QueueTurn();
    }

    private void FinishAwaited()
    {
        TurnStep step = _step;
        _step = TurnStep.None;
        Exception? failure = null;
        try
        {
            _awaited.GetResult();
        }
        catch (Exception error)
        {
            failure = error;
        }

        _awaited = default;
        Finish(step, failure);
    }

    private void Finish(TurnStep step, Exception? error)
    {
        if (step == TurnStep.Stop)
        {
            InstanceEnded(error);
        }
        else if (error is not null)
        {
            _batchOpen &= !IsStopRequested;
            Fail(error, duringStart: step == TurnStep.Start);
        }
        else if (step == TurnStep.Start)
        {
            StartedAt = Host.Time.GetTimestamp();
            Phase = ActorPhase.Active;
            _mailbox.SetOpen(true);
        }
    }
}
