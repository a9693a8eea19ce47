using System.Collections.Immutable;
using Libvirt;

namespace ControlPlane.Views;

/// <summary>What is known of one guest. Immutable: its actor replaces it and sends the new one to its parent.</summary>
internal sealed record GuestView(Guid Uuid, string Name)
{
    private const int MostLoads = 6;

    public DomainState State { get; init; } = DomainState.NoState;

    /// <summary>The part of its CPUs that it used lately, 0 to 1; null when it is not known.</summary>
    public double? Cpu { get; init; }

    /// <summary>The latest of <see cref="Cpu"/>, the newest last.</summary>
    public ImmutableList<double> Loads { get; init; } = [];

    /// <summary>MiB in use; null when it is not known.</summary>
    public ulong? Memory { get; init; }

    public string LastEvent { get; init; } = "";

    public DateTimeOffset LastEventAt { get; init; }

    public GuestView WithLoad(double load) =>
        this with { Cpu = load, Loads = (Loads.Count < MostLoads ? Loads : Loads.RemoveAt(0)).Add(load) };
}
