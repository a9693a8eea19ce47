using Actors.Embedded.Diagnostics;

namespace Actors.Embedded;

internal abstract partial class ActorCell
{
    private Queue<Exception>? _escalations;
    private RestartHistory? _history;

    /// <summary>For the supervisor alone.</summary>
    public RestartHistory History => _history ??= new RestartHistory();

    protected long? StartedAt { get; set; }

    /// <summary>Stands still until the supervisor's verdict arrives.</summary>
    protected void Fail(Exception error, bool duringStart)
    {
        // Giving up what it awaited is how an actor answers to its stopping token, and after a stop no verdict matters any more.
        if (IsStopRequested)
        {
            if (error is not OperationCanceledException)
            {
                Host.Counters.ActorFailed();
                Log.FailedWhileStopping(Path, error);
            }

            return;
        }

        Host.Counters.ActorFailed();
        Phase = ActorPhase.Failed;
        Mail.SetOpen(false);
        _supervisor.ReportFailure(this, new Failure(error, duringStart, StartedAt));
    }

    /// <summary>Decides on a child's failure.</summary>
    public void Judge(ActorCell child, Failure failure)
    {
        // While this actor ends, its children have been told to end as well.
        if (child.HasEnded || Phase is not (ActorPhase.Active or ActorPhase.Failed))
            return;
        if (Verdicts.Pass(child, failure) != Directive.Escalate)
            return;

        Log.FailureEscalated(child.Path, Path, failure.Error);
        if (Phase == ActorPhase.Active)
            Fail(failure.Error, duringStart: false);
        else
            (_escalations ??= new Queue<Exception>()).Enqueue(failure.Error);
    }

    public void Resume()
    {
        if (Phase != ActorPhase.Failed)
            return;
        Phase = ActorPhase.Active;
        if (_escalations is not null && _escalations.TryDequeue(out Exception? error))
            Fail(error, duringStart: false);
        else
            Mail.SetOpen(true);
    }

    public void Restart(TimeSpan delay)
    {
        if (Phase != ActorPhase.Failed)
            return;
        Host.Counters.ActorRestarted();
        _restartDelay = delay;
        BeginEnding();
    }

    public void EndBackoff()
    {
        if (Phase != ActorPhase.Backoff)
            return;
        _backoff?.Dispose();
        _backoff = null;
        Phase = ActorPhase.StartDue;
    }

    private void BeginBackoff()
    {
        if (_restartDelay <= TimeSpan.Zero)
        {
            Phase = ActorPhase.StartDue;
            return;
        }

        Phase = ActorPhase.Backoff;
        _backoff = DetachedTimer.Create(
            Host.Time,
            static cell => ((ActorCell)cell!).Send(new BackoffElapsed()),
            this,
            _restartDelay,
            Timeout.InfiniteTimeSpan);
    }
}
