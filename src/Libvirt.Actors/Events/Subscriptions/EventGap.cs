namespace Libvirt.Events;

/// <summary>A time in which the daemon's events did not reach us.</summary>
/// <param name="From">When the connection was lost.</param>
/// <param name="To">When everything was registered again.</param>
/// <param name="Reason">Why the connection was lost.</param>
public sealed record EventGap(DateTimeOffset From, DateTimeOffset To, Exception? Reason)
{
    internal EventGap Join(EventGap later) => new(From, later.To, Reason);
}
