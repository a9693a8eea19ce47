namespace Libvirt.Simulator;

/// <summary>A harm to a stream when so many bytes have passed.</summary>
internal sealed record StreamFault(long AfterBytes, StreamBreak How);
