namespace Libvirt.Cli.Events;

/// <summary>The time given for waiting passed without an event.</summary>
internal sealed class NoEventException(TimeSpan waited) : Exception($"no event came within {waited.TotalSeconds:0.###} s");
