using System.Collections.Immutable;

namespace ControlPlane.Views;

/// <summary>What is known of one hypervisor. Immutable: its actor replaces it and sends the new one to its parent.</summary>
internal sealed record HostView(string Name)
{
    public Standing Standing { get; init; } = Standing.Connecting;

    /// <summary>How often it was ready, up to now.</summary>
    public int Connections { get; init; }

    /// <summary>How many events have come from it.</summary>
    public int Events { get; init; }

    /// <summary>The text beside the name.</summary>
    public string Status { get; init; } = "connecting";

    public ImmutableDictionary<Guid, GuestView> Guests { get; init; } = ImmutableDictionary<Guid, GuestView>.Empty;
}

/// <summary>Whether a hypervisor serves calls.</summary>
internal enum Standing
{
    Connecting,
    Ready,
    Lost,
}
