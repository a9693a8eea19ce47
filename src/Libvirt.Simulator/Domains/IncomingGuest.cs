namespace Libvirt.Simulator;

/// <summary>A guest that is about to arrive by migration.</summary>
internal sealed record IncomingGuest(SimulatedDomain Domain, bool Arrived);
