using Libvirt;

namespace ControlPlane.Views;

/// <summary>What is known of one guest.</summary>
internal sealed class GuestView(string name)
{
    public string Name { get; } = name;

    public DomainState State { get; set; } = DomainState.NoState;

    /// <summary>The part of its CPUs that it used lately, 0 to 1; null when nobody knows.</summary>
    public double? Cpu { get; set; }

    /// <summary>The latest of <see cref="Cpu"/>, the newest last.</summary>
    public Queue<double> Loads { get; } = new();

    /// <summary>MiB in use.</summary>
    public ulong? Memory { get; set; }

    public string LastEvent { get; set; } = "";

    public DateTimeOffset LastEventAt { get; set; }

    /// <summary>Nanoseconds of CPU at the last measurement, and when that was.</summary>
    public (ulong Time, DateTimeOffset At)? Measured { get; set; }
}
