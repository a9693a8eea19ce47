namespace Libvirt.Simulator;

/// <summary>A rule for clients that have just been accepted.</summary>
public sealed class ConnectRule : ScriptRule<ConnectRule>
{
    private ConnectFault? _fault;

    internal ConnectRule()
    {
    }

    /// <summary>The connection is closed at once.</summary>
    public ConnectRule Refuse() => Set(new ConnectFault(ConnectFaultKind.Refuse, null));

    /// <summary>Nothing is read from the client until <paramref name="delay"/> has passed.</summary>
    public ConnectRule Delay(TimeSpan delay) => Set(new ConnectFault(ConnectFaultKind.Delay, delay));

    /// <summary>The socket stays open and silent for ever: a half-open connection.</summary>
    public ConnectRule Stall() => Set(new ConnectFault(ConnectFaultKind.Delay, null));

    internal ConnectFault? TryTake(ClientSession session) => _fault is not null && TryTakeTurn(session) ? _fault : null;

    private ConnectRule Set(ConnectFault fault)
    {
        _fault = fault;
        return this;
    }
}
