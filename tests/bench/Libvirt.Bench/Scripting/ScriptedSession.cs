using System.Buffers.Binary;
using System.Net.Sockets;
using Libvirt.Protocol;

namespace Libvirt.Bench.Scripting;

/// <summary>One connection of a <see cref="ScriptedPeer"/>.</summary>
internal sealed class ScriptedSession(Socket client, IReadOnlyDictionary<(uint Program, int Procedure), byte[]> answers)
{
    // Where the serial stands in a frame: behind the length word, program, version, procedure and type.
    private const int SerialOffset = 20;

    private readonly byte[] _incoming = new byte[64 * 1024];
    private byte[] _outgoing = new byte[64 * 1024];
    private int _held;
    private int _filled;

    /// <summary>Serves until the client closes.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public void Serve()
    {
        using (client)
        {
            while (true)
            {
                int came = client.Receive(_incoming.AsSpan(_held));
                if (came == 0)
                    return;
                _held += came;
                AnswerWhatIsWhole();
                for (int sent = 0; sent < _filled;)
                    sent += client.Send(_outgoing.AsSpan(sent, _filled - sent));
                _filled = 0;
            }
        }
    }

    private void AnswerWhatIsWhole()
    {
        ReadOnlySpan<byte> buffered = _incoming.AsSpan(0, _held);
        while (FrameScanner.TryReadFrame(ref buffered, out MessageHeader call, out _))
        {
            // What the script does not know is met with silence: the caller's time-out tells.
            if (answers.TryGetValue((call.Program, call.Procedure), out byte[]? answer))
                Append(answer, call.Serial);
        }
        buffered.CopyTo(_incoming);
        _held = buffered.Length;
    }

    private void Append(byte[] answer, uint serial)
    {
        if (_outgoing.Length - _filled < answer.Length)
            Array.Resize(ref _outgoing, Math.Max(_outgoing.Length * 2, _filled + answer.Length));
        answer.CopyTo(_outgoing, _filled);
        BinaryPrimitives.WriteUInt32BigEndian(_outgoing.AsSpan(_filled + SerialOffset), serial);
        _filled += answer.Length;
    }
}
