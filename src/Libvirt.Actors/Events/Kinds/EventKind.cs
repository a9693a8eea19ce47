namespace Libvirt.Events;

/// <summary>One kind of event: what it is called, how the daemon is asked for it, and how it is read. Compare kinds by reference.</summary>
public abstract class EventKind
{
    private protected EventKind(EventFamily family, int id, string name, WireEvent wire, WireEvent? legacy)
    {
        Family = family;
        Id = id;
        Name = name;
        Wire = wire;
        Legacy = legacy;
    }

    /// <summary>The kind's name as virsh's <c>event</c> command spells it, such as <c>lifecycle</c> or <c>disk-change</c>.</summary>
    public string Name { get; }

    /// <summary>libvirt's number of the kind within its family, as in <see cref="DomainEventId"/>.</summary>
    public int Id { get; }

    internal EventFamily Family { get; }

    /// <summary>How it arrives: with a callback id.</summary>
    internal WireEvent Wire { get; }

    /// <summary>How it arrives from daemons that know no callback ids; null where those do not have it.</summary>
    internal WireEvent? Legacy { get; }

    /// <summary>The filter that QEMU monitor events are registered with; null for all others.</summary>
    internal virtual QemuMonitorFilter? Filter => null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A kind of event with the type it is delivered as.</summary>
/// <typeparam name="TEvent">What subscribers see.</typeparam>
public class EventKind<TEvent> : EventKind
    where TEvent : LibvirtEvent
{
    internal EventKind(EventFamily family, int id, string name, WireEvent wire, WireEvent? legacy = null)
        : base(family, id, name, wire, legacy)
    {
    }
}
