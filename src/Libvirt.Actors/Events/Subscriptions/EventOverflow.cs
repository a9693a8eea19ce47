namespace Libvirt.Events;

/// <summary>What happens when a subscriber's queue is full.</summary>
public enum EventOverflow
{
    /// <summary>The oldest event makes room; the subscriber reads how many were dropped at the place where they are missing.</summary>
    DropOldest,

    /// <summary>The subscription ends with <see cref="EventOverflowException"/>, after what is already queued.</summary>
    Fail,
}
