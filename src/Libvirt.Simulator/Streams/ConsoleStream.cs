using System.Buffers;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>A client at a guest's console.</summary>
internal sealed class ConsoleStream : SessionStream
{
    private readonly SimulatedDomain _domain;
    private readonly GuestConsole _console;

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
        {
            string shown = _console.Shell.Type(data.ToArray());
            // A command may have stopped the guest, and with it this stream.
            if (_domain.IsActive)
                SendData(Encoding.UTF8.GetBytes(shown));
        }
    }

    public override void Close() => _console.Leave(this);

    /// <summary>The guest has stopped, or another client has taken the console.</summary>
    public void Hangup() => SendEndOfData();
}
