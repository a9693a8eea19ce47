namespace Libvirt.Simulator;

/// <summary>What a rule does to a new client; a delay without a time is for ever.</summary>
internal sealed record ConnectFault(ConnectFaultKind Kind, TimeSpan? Time);
