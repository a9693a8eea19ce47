namespace Libvirt.Events;

/// <summary>An <see cref="EventNotice{TEvent}"/> whose event type is not known.</summary>
internal interface IEventNotice
{
    /// <summary>The type parameter.</summary>
    Type EventType { get; }

    LibvirtEvent? Event { get; }

    bool IsSynthesised { get; }

    EventGap? Gap { get; }

    long Dropped { get; }
}
