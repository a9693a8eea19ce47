using Libvirt.Protocol.KeepAlive;

namespace Libvirt.Simulator;

internal sealed partial class ClientSession
{
    private const uint KeepAliveNumber = KeepAliveProgram.Number;
    private const int Ping = 1;
    private const int Pong = 2;

    private KeepAliveTimer? _keepAlive;

    /// <summary>Begins to ping the client: it has said that it understands.</summary>
    public void StartKeepAlive()
    {
        SimulatorOptions options = _simulator.Options;
        if (options.KeepAliveInterval <= TimeSpan.Zero)
            return;
        _keepAlive ??= new KeepAliveTimer(_simulator.Time, options.KeepAliveInterval, options.KeepAliveCount, () => SendKeepAlive(Ping), Close);
        if (HasEnded)
            _keepAlive.Dispose();
    }

    private void KeepAliveHeard() => _keepAlive?.Heard();

    private void HandleKeepAlive(MessageHeader header)
    {
        if (header.Procedure == Ping && !_simulator.Script.IgnoresPings(this))
            SendKeepAlive(Pong);
    }

    private void SendKeepAlive(int procedure) =>
        Send(new MessageHeader(KeepAliveNumber, KeepAliveProgram.Version, procedure, MessageType.Message, 0, MessageStatus.Ok), XdrVoid.Value);
}
