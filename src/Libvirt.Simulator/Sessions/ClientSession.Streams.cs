using System.Buffers;

namespace Libvirt.Simulator;

internal sealed partial class ClientSession
{
    private readonly Lock _streamGate = new();
    private Dictionary<uint, SessionStream>? _streams;

    /// <summary>Forgets a stream that has ended; its serial may be used again.</summary>
    public void Detach(SessionStream stream)
    {
        lock (_streamGate)
            _streams?.Remove(stream.Serial);
    }

    private void Attach(MessageHeader call, SessionStream stream)
    {
        stream.Attach(this, call);
        lock (_streamGate)
            (_streams ??= [])[call.Serial] = stream;
    }

    private SessionStream? FindStream(MessageHeader header)
    {
        lock (_streamGate)
            return _streams is not null && _streams.TryGetValue(header.Serial, out SessionStream? stream)
                && stream.Procedure == header.Procedure && !stream.IsBroken ? stream : null;
    }

    private void HandleStreamData(MessageHeader header, in ReadOnlySequence<byte> payload)
    {
        // Packets of a stream that has ended may still be under way: libvirtd drops them without a word.
        SessionStream? stream = FindStream(header);
        switch (header.Status)
        {
            case MessageStatus.Continue:
                stream?.Receive(payload);
                break;
            case MessageStatus.Ok:
                stream?.Finish();
                break;
            case MessageStatus.Error:
                stream?.Abort();
                break;
        }
    }

    private void HandleStreamHole(MessageHeader header, in ReadOnlySequence<byte> payload)
    {
        if (FindStream(header) is not SessionStream stream)
            return;
        if (!stream.IsSparse)
            throw new ProtocolException("A hole was sent on a stream that has none.");
        XdrReader reader = new(payload);
        stream.ReceiveHole(StreamHole.Read(ref reader));
    }

    private void CloseStreams()
    {
        SessionStream[] open;
        lock (_streamGate)
        {
            open = _streams is null ? [] : [.. _streams.Values];
            _streams = null;
        }
        foreach (SessionStream stream in open)
            stream.Close();
    }
}
