using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Streams;
using Libvirt.TestKit;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Tests.Connections;

/// <summary>The classes that do a connection's work, on a recorded transport, without actors.</summary>
internal sealed class ConnectionParts : IConnectionOwner, ICallHolder, ITransportConnector, IDisposable
{
    private readonly List<EventArrived> _events = [];
    private readonly List<IPendingCall> _passedOn = [];
    private readonly List<RecordingActorRef> _streamActors = [];

    public ConnectionParts(HypervisorOptions? options = null)
    {
        Options = options ?? HypervisorOptions.Default;
        ConnectionSettings settings = new(LibvirtUri.Parse("test:///default"), new UnixEndpoint("/nowhere"), Options, this) { Time = Time };
        Handle = new ConnectionHandle(successor: this);
        Handle.Bind(Connection);
        Calls = new OutgoingCalls(Options, Time);
        KeepAlive = new KeepAliveMonitor(Options.KeepAliveInterval, Options.KeepAliveCount, Time);
        Sender = new FrameSender(Transport, Handle);
        Streams = new StreamTable(Calls.Serials, Sender, Handle, StartStream, NullLogger.Instance);
        Router = new FrameRouter(Calls, Streams, Sender, KeepAlive, descriptors: null, settings, Handle, this, NullLogger.Instance);
    }

    public HypervisorOptions Options { get; }

    public VirtualTimeProvider Time { get; } = new();

    /// <summary>Stands for the connection's actor.</summary>
    public RecordingActorRef Connection { get; } = new("connection");

    public RecordingTransport Transport { get; } = new();

    public ConnectionHandle Handle { get; }

    public OutgoingCalls Calls { get; }

    public KeepAliveMonitor KeepAlive { get; }

    public FrameSender Sender { get; }

    public StreamTable Streams { get; }

    public FrameRouter Router { get; }

    /// <summary>The events that the owner of the connection got.</summary>
    public IReadOnlyList<EventArrived> Events => _events;

    /// <summary>The calls that the successor of the connection got.</summary>
    public IReadOnlyList<IPendingCall> PassedOn => _passedOn;

    /// <summary>Stand for the actors of streams, in the order in which the streams began.</summary>
    public IReadOnlyList<RecordingActorRef> StreamActors => _streamActors;

    ICallHolder? ICallHolder.Successor => null;

    bool ICallHolder.IsHypervisor => true;

    Exception? ICallHolder.EndReason => null;

    /// <summary>A call that nothing holds yet.</summary>
    public PendingCall<TRet> NewCall<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, CallPriority priority = CallPriority.Normal, TimeSpan? timeout = null, IXdrWritable? args = null)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        TimeSpan limit = timeout ?? Timeout.InfiniteTimeSpan;
        PendingCall<TRet> call = PendingCall<TRet>.Rent(procedure, args ?? XdrVoid.Value, priority, limit, CallDeadline.After(limit, Time));
        call.Holder = Handle;
        return call;
    }

    /// <summary>A call that is queued.</summary>
    public PendingCall<TRet> Queue<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, CallPriority priority = CallPriority.Normal, TimeSpan? timeout = null, IXdrWritable? args = null)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        PendingCall<TRet> call = NewCall(procedure, priority, timeout, args);
        Calls.Add(call);
        return call;
    }

    /// <summary>Ends a batch of calls: the frames that are sent.</summary>
    public IReadOnlyList<SentFrame> SendCalls()
    {
        Calls.Send(Sender);
        Sender.Flush();
        return Transport.Take();
    }

    /// <summary>Begins a stream: its call is sent and answered.</summary>
    public StreamPort BeginStream<TArgs>(Procedure<TArgs, XdrVoid> procedure, out MessageHeader reply)
        where TArgs : class, IXdrWritable
    {
        StreamPort port = new(procedure, new StreamBuffering(64 * 1024, null));
        PendingCall<XdrVoid> opening = NewCall(procedure);
        opening.Stream = port;
        Calls.Add(opening);
        reply = ReplyTo(Assert.Single(SendCalls()));
        Assert.Null(Receive(Frames.Encode(reply, XdrVoid.Value)));
        return port;
    }

    public static MessageHeader ReplyTo(SentFrame call, MessageStatus status = MessageStatus.Ok) =>
        call.Header with { Type = MessageType.Reply, Status = status };

    /// <summary>Routes frames that arrived with one receive: why the connection must end, if so.</summary>
    public Exception? Receive(params byte[][] frames)
    {
        ReceivedFrames received = new();
        received.Fill(frames.SelectMany(static frame => frame).ToArray());
        Exception? reason = Router.Route(received);
        received.Routed();
        return reason;
    }

    /// <summary>The error of a call that has failed.</summary>
    public static async Task<TException> FailureOfAsync<TException, TRet>(PendingCall<TRet> call)
        where TException : Exception
        where TRet : class, IXdrReadable<TRet>
    {
        Assert.True(call.IsCompleted, $"{call.Procedure.Name} has not ended.");
        return await Assert.ThrowsAsync<TException>(async () => await call.Task);
    }

    void IConnectionOwner.OnReady(ConnectionHandle connection) => throw new NotSupportedException("No handshake takes place.");

    void IConnectionOwner.OnStuck(ConnectionHandle connection) => throw new NotSupportedException("Only the actor asks for relief.");

    void IConnectionOwner.OnEvent(EventArrived arrived) => _events.Add(arrived);

    void ICallHolder.Take(IPendingCall call) => _passedOn.Add(call);

    void ICallHolder.Abandon(IPendingCall call) => throw new NotSupportedException("No caller gives its call up.");

    ValueTask<IByteTransport> ITransportConnector.ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The transport is there.");

    public void Dispose() => Sender.Dispose();

    private IActorRef StartStream(StreamPort port, MessageHeader header)
    {
        RecordingActorRef actor = new($"stream-{header.Serial}");
        _streamActors.Add(actor);
        return actor;
    }
}
