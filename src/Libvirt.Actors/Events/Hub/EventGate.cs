namespace Libvirt.Events;

/// <summary>Counts the events that were told to an actor and that it has not handled, since its mailbox has no bound of its own. Free-threaded.</summary>
/// <param name="capacity">How many there may be.</param>
internal sealed class EventGate(int capacity)
{
    private int _waiting;

    /// <summary>Counts an event that is about to be told; false when as many wait as may.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _waiting) <= capacity)
            return true;
        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>The actor handles an event that was counted.</summary>
    public void Exit() => Interlocked.Decrement(ref _waiting);
}
