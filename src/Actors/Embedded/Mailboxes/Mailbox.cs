namespace Actors.Embedded;

/// <summary>
/// What waits for one actor, in three lanes: control signals, notices (timer ticks and death watch), user messages. It also holds the
/// right to run the actor's turn, the claim: whoever posts to an unclaimed mailbox gets it, and <c>Take</c> gives it back when nothing is
/// left. Both are decided under one lock, so no message can slip in between the last look and the release.
/// </summary>
internal abstract class Mailbox(Lock gate)
{
    private ControlSignal? _firstSignal;
    private ControlSignal? _lastSignal;

    protected Lock Gate { get; } = gate;

    /// <summary>Whether a turn is running, awaiting or queued.</summary>
    public bool IsClaimed { get; protected set; } = true;

    /// <summary>Whether the actor has been told to stop. From then on the mailbox takes no user message.</summary>
    public bool IsStopRequested { get; private set; }

    /// <summary>How many user messages wait. Free-threaded: what it was a moment ago.</summary>
    public abstract int WaitingMessages { get; }

    /// <summary>Whether notices and user messages may be handed out. Control signals always may.</summary>
    protected bool IsOpen { get; private set; }

    /// <summary>Whether a stop was requested that no turn has seen yet.</summary>
    protected bool IsStopUnseen { get; set; }

    protected bool HasSignal => _firstSignal is not null;

    /// <summary>Opens or closes the lanes of notices and user messages. Only within a turn.</summary>
    public void SetOpen(bool open)
    {
        lock (Gate)
            IsOpen = open;
    }

    /// <summary>Adds a control signal. True when the caller now holds the claim and must see that a turn runs.</summary>
    public bool Post(ControlSignal signal)
    {
        lock (Gate)
        {
            if (_lastSignal is null)
                _firstSignal = signal;
            else
                _lastSignal.Next = signal;
            _lastSignal = signal;
            return TryClaim();
        }
    }

    /// <summary>Refuses user messages from now on. True when the caller now holds the claim; <paramref name="first"/> when nobody asked before.</summary>
    public bool RequestStop(out bool first)
    {
        lock (Gate)
        {
            first = !IsStopRequested;
            if (!first)
                return false;
            IsStopRequested = true;
            IsStopUnseen = true;
            return TryClaim();
        }
    }

    protected ControlSignal? TakeSignal()
    {
        ControlSignal? signal = _firstSignal;
        if (signal is null)
            return null;
        _firstSignal = signal.Next;
        if (_firstSignal is null)
            _lastSignal = null;
        signal.Next = null;
        return signal;
    }

    protected bool TryClaim()
    {
        if (IsClaimed)
            return false;
        IsClaimed = true;
        return true;
    }
}
