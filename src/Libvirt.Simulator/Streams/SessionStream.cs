using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>One stream of one client. It begins with the reply to the call that asked for it and ends when both sides have said so.</summary>
internal abstract class SessionStream
{
    /// <summary>The most data in one packet; what libvirtd sends at once.</summary>
    public const int MaxPacket = 262120;

    private MessageHeader _call;
    private ClientSession? _session;
    private long _passed;
    private bool _isBroken;

    public uint Serial => _call.Serial;

    public int Procedure => _call.Procedure;

    /// <summary>Whether the call asked for holes.</summary>
    public virtual bool IsSparse => false;

    /// <summary>A scripted harm to the stream; null for none.</summary>
    public StreamFault? Fault { get; set; }

    /// <summary>Whether a scripted harm has struck: nothing the client says is heard any more.</summary>
    public bool IsBroken => _isBroken;

    protected ClientSession Session => _session ?? throw new InvalidOperationException("The stream has not begun.");

    public void Attach(ClientSession session, MessageHeader call)
    {
        _session = session;
        _call = call;
    }

    /// <summary>The reply is on its way: data may follow.</summary>
    public virtual void Start()
    {
    }

    /// <summary>Data from the client.</summary>
    public abstract void Receive(in ReadOnlySequence<byte> data);

    /// <summary>A hole from the client.</summary>
    public virtual void ReceiveHole(StreamHole hole)
    {
    }

    /// <summary>The client has sent or received all.</summary>
    public virtual void Finish() => End();

    /// <summary>The client wants no more.</summary>
    public virtual void Abort() => End();

    /// <summary>The connection has ended.</summary>
    public virtual void Close()
    {
    }

    /// <summary>Acknowledges the end that the client asked for.</summary>
    protected void End()
    {
        Session.Detach(this);
        Session.Send(Header(MessageStatus.Ok), []);
        Close();
    }

    protected void SendData(ReadOnlySpan<byte> data)
    {
        while (data.Length > MaxPacket)
        {
            Session.Send(Header(MessageStatus.Continue), data[..MaxPacket]);
            data = data[MaxPacket..];
        }
        if (!data.IsEmpty)
            Session.Send(Header(MessageStatus.Continue), data);
    }

    protected void SendHole(long length) =>
        Session.Send(Header(MessageStatus.Continue) with { Type = MessageType.StreamHole }, new StreamHole(length, 0));

    /// <summary>Says that no more data will come. The client still has to finish the stream.</summary>
    protected void SendEndOfData() => Session.Send(Header(MessageStatus.Continue), []);

    /// <summary>Ends the stream by an error.</summary>
    protected void Fail(SimulatedFailureException failure)
    {
        Session.Detach(this);
        Session.Send(Header(MessageStatus.Error), failure.ToWire());
        Close();
    }

    /// <summary>Counts what passes and does the scripted harm when it is due.</summary>
    /// <returns>Whether the stream is broken: nothing more may pass.</returns>
    protected bool BreakIfDue(StreamFault fault, long bytes)
    {
        if (_isBroken)
            return true;
        _passed += bytes;
        if (_passed < fault.AfterBytes)
            return false;
        _isBroken = true;
        if (fault.How == StreamBreak.Error)
            Fail(new SimulatedFailureException(ErrorNumber.InternalError, ErrorDomain.Streams, "the simulated stream broke as scripted"));
        else if (fault.How == StreamBreak.DropConnection)
            Session.CloseWhenDrained();
        return true;
    }

    private MessageHeader Header(MessageStatus status) => _call with { Type = MessageType.Stream, Status = status };
}
