namespace Libvirt.Events;

/// <summary>
/// One registration at the daemon, shared by all subscribers that it serves: by kind, and for QEMU monitor events by filter. Only the hub touches it.
/// </summary>
internal sealed class EventRegistration(EventKind kind)
{
    /// <summary>How many events may wait for the reply that carries the callback id.</summary>
    private const int HeldCapacity = 1024;

    private readonly List<EventArrived> _held = [];

    public EventKind Kind => kind;

    /// <summary>How many subscribers it serves.</summary>
    public int Subscribers { get; set; }

    /// <summary>Subscribers that wait to hear that the daemon sends the kind.</summary>
    public List<Subscribe> Awaiting { get; } = [];

    /// <summary>What the daemon gave us; null while it has not answered or there is no connection.</summary>
    public DaemonRegistration? Daemon { get; set; }

    /// <summary>Whether the daemon has been asked on the current connection and has not answered.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether the event is ours: of our kind, and with our callback id if it has one.</summary>
    public bool Owns(EventArrived arrived) =>
        Daemon is { } daemon && ReferenceEquals(daemon.Wire.Descriptor, arrived.Entry.Wire.Descriptor) && daemon.CallbackId == arrived.CallbackId;

    /// <summary>Keeps an event that may turn out to be ours. False when as many wait as may.</summary>
    public bool TryHold(EventArrived arrived)
    {
        if (_held.Count >= HeldCapacity)
            return false;
        _held.Add(arrived);
        return true;
    }

    /// <summary>Gives back what was kept.</summary>
    public EventArrived[] TakeHeld()
    {
        EventArrived[] held = [.. _held];
        _held.Clear();
        return held;
    }

    /// <summary>Forgets the daemon's part, because the connection has gone.</summary>
    public void Detach()
    {
        Daemon = null;
        IsPending = false;
        _held.Clear();
    }
}
