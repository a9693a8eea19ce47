using Actors.Embedded.Diagnostics;

namespace Actors.Embedded;

internal abstract partial class ActorCell
{
    private TimeSpan _restartDelay;
    private ITimer? _backoff;
    private bool _endsForGood;

    /// <summary>Acts on the request to stop.</summary>
    protected void Stop()
    {
        _endsForGood = true;
        switch (Phase)
        {
            case ActorPhase.StartDue:
                End();
                break;
            case ActorPhase.Backoff:
                _backoff?.Dispose();
                _backoff = null;
                End();
                break;
            case ActorPhase.Starting or ActorPhase.Active or ActorPhase.Failed:
                BeginEnding();
                break;
            default:
                // A restart is ending the instance already; its end becomes the actor's.
                GiveBackMessages();
                break;
        }
    }

    /// <summary>Ends the children first, then the instance.</summary>
    private void BeginEnding()
    {
        Phase = ActorPhase.EndingChildren;
        Mail.SetOpen(false);
        _escalations = null;
        SignalStopping();
        ReleaseInstanceResources();
        if (_endsForGood)
            GiveBackMessages();

        if (_children is null || _children.Count == 0)
        {
            EndInstance();
            return;
        }

        foreach (ActorCell child in _children.Values)
            child.RequestStop();
    }

    // The turn goes on with the instance's own end.
    private void EndInstance() => Phase = ActorPhase.EndingInstance;

    /// <summary>Goes on after the instance's own end: to the next instance, or to the actor's end.</summary>
    protected void InstanceEnded(Exception? error)
    {
        if (error is not null)
            Log.StopHandlerFailed(Path, error);
        ReleaseInstanceResources();
        ForgetInstance();
        StartedAt = null;
        if (_endsForGood)
            End();
        else
            BeginBackoff();
    }

    private void End()
    {
        Phase = ActorPhase.Ended;
        ForgetInstance();
        GiveBackMessages();
        Host.Counters.ActorEnded();
        NotifyObservers();
        _supervisor.ReportEnd(this);
    }

    /// <summary>Ends the timers and watches of the instance.</summary>
    protected abstract void ReleaseInstanceResources();

    /// <summary>Lets go of the instance, and of what makes instances when there will be no further one.</summary>
    protected abstract void ForgetInstance();

    /// <summary>Makes dead letters of the messages that no instance will handle.</summary>
    protected abstract void GiveBackMessages();
}
