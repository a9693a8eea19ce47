namespace Libvirt.Simulator;

/// <summary>The address that a guest's interface has been given.</summary>
internal readonly record struct GuestLease(SimulatedDomain Domain, string Device, string Mac, string Address);
