using ControlPlane.Views;
using Libvirt;

namespace ControlPlane.Actors;

/// <summary>To the control plane: answer with the <see cref="BoardView"/>.</summary>
internal sealed record GetBoard
{
    public static GetBoard Instance { get; } = new();
}

/// <summary>To the control plane: a console that is open has shown this.</summary>
internal sealed record ConsoleShown(string Guest, string Text);

/// <summary>To a host, from its timer: measure what the guests use.</summary>
internal sealed record Measure
{
    public static Measure Instance { get; } = new();
}

/// <summary>To a host, from itself: what was measured; nothing when it could not be measured now.</summary>
internal sealed record Measured(IReadOnlyList<Measurement> Guests);

/// <summary>To a guest, from its host: what it uses.</summary>
/// <param name="Uuid">The guest.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state.</param>
/// <param name="CpuTime">Nanoseconds of CPU since it was started; null when it does not run.</param>
/// <param name="MemoryKiB">Memory in use.</param>
/// <param name="Vcpus">Its CPUs.</param>
internal sealed record Measurement(Guid Uuid, string Name, DomainState State, ulong? CpuTime, ulong MemoryKiB, uint Vcpus);

/// <summary>To a guest, from its host: an event of its domain.</summary>
/// <param name="State">The state that the guest has now; null when the event does not change it.</param>
/// <param name="Word">The event in a word.</param>
internal sealed record GuestEvent(DomainState? State, string Word);

/// <summary>To a host, by death watch: the actor of a guest has stopped.</summary>
internal sealed record GuestStopped(Guid Uuid);
