namespace Libvirt.Simulator;

/// <summary>How a guest behaves.</summary>
public sealed record GuestBehavior
{
    /// <summary>How long the guest takes from being asked to shut down to being off.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the guest takes to come back when asked to reboot.</summary>
    public TimeSpan RebootTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the guest takes no notice of a request to shut down or reboot.</summary>
    public bool IgnoresPowerButton { get; init; }

    /// <summary>The part of its CPUs that a running guest uses, from 0 to 1; null for a value of its own for each guest.</summary>
    public double? CpuLoad { get; init; }

    /// <summary>Whether the guest agent runs in the guest.</summary>
    public bool HasAgent { get; init; } = true;
}
