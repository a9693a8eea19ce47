namespace Libvirt.Simulator;

/// <summary>The kinds of harm to a new client.</summary>
internal enum ConnectFaultKind
{
    Refuse,
    Delay,
}
