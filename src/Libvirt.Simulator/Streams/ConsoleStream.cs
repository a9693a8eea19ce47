using System.Buffers;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>A client at a guest's console.</summary>
internal sealed class ConsoleStream : SessionStream
{
    private readonly SimulatedDomain _domain;
    private readonly GuestConsole _console;
    private bool _hasStarted;
    private bool _isHungUp;

    public ConsoleStream(SimulatedDomain domain)
    {
        _domain = domain;
        _console = domain.Console;
    }

    public override void Receive(in ReadOnlySequence<byte> data)
    {
        if (Fault is StreamFault fault && BreakIfDue(fault, data.Length))
            return;
        lock (_domain.Host.Gate)
            _console.Shell.Type(data.ToArray(), Show);
    }

    public override void Start()
    {
        lock (_domain.Host.Gate)
        {
            _hasStarted = true;
            if (_isHungUp)
                SendEndOfData();
        }
    }

    public override void Close() => _console.Leave(this);

    /// <summary>The guest has stopped, or another client has taken the console. Called with the host's lock held.</summary>
    public void Hangup()
    {
        _isHungUp = true;
        if (_hasStarted)
            SendEndOfData();
    }

    private void Show(string text)
    {
        if (!_isHungUp)
            SendData(Encoding.UTF8.GetBytes(text));
    }
}
