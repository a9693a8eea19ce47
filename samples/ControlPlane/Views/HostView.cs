namespace ControlPlane.Views;

/// <summary>What is known of one hypervisor.</summary>
internal sealed class HostView(string name)
{
    public string Name { get; } = name;

    public Standing Standing { get; set; } = Standing.Connecting;

    /// <summary>Whether it could be asked before.</summary>
    public bool HasBeenReady { get; set; }

    /// <summary>What to say beside the name.</summary>
    public string Status { get; set; } = "connecting";

    public Dictionary<Guid, GuestView> Guests { get; } = [];
}

/// <summary>Whether a hypervisor can be asked.</summary>
internal enum Standing
{
    Connecting,
    Ready,
    Lost,
}
