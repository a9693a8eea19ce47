using Microsoft.Extensions.Logging;

namespace Actors.Embedded;

/// <summary>
/// One actor as the engine sees it: its address, its place in the tree and its life over all its instances. All members but those marked
/// free-threaded are used within the cell's turn.
/// </summary>
internal abstract partial class ActorCell : IActorRef, ISupervisor, IThreadPoolWorkItem
{
    private readonly ISupervisor _supervisor;

    protected ActorCell(EmbeddedActorSystem host, ISupervisor supervisor, ActorPath path, ActorOptions options)
    {
        Host = host;
        _supervisor = supervisor;
        Path = path;
        Options = options;
    }

    /// <inheritdoc/>
    public ActorPath Path { get; }

    public IActorSystem System => Host;

    public EmbeddedActorSystem Host { get; }

    public ActorOptions Options { get; }

    public ILogger Log => Host.Log;

    /// <summary>Free-threaded.</summary>
    public bool IsStopRequested => Mail.IsStopRequested;

    /// <summary>Free-threaded.</summary>
    public int WaitingMessages => Mail.WaitingMessages;

    protected abstract Mailbox Mail { get; }

    protected Lock Gate { get; } = new();

    protected ActorPhase Phase { get; set; } = ActorPhase.StartDue;

    public override string ToString() => Path.ToString();

    public bool IsChildOf(ISupervisor supervisor) => ReferenceEquals(_supervisor, supervisor);

    /// <summary>Free-threaded: runs the first turn, which makes the first instance.</summary>
    public void Begin() => Dispatch();

    /// <summary>Free-threaded.</summary>
    public void Send(ControlSignal signal)
    {
        if (Mail.Post(signal))
            Dispatch();
    }

    /// <summary>Free-threaded: refuses messages from now on and ends the actor after its current message.</summary>
    public void RequestStop()
    {
        bool claimed = Mail.RequestStop(out bool first);
        if (first)
        {
            Interlocked.MemoryBarrier();
            SignalStopping();
        }

        if (claimed)
            Dispatch();
    }

    /// <summary>Lets a turn run; the caller has just got the claim.</summary>
    protected void Dispatch()
    {
        Host.Activity?.Enter();
        if (Options.Dispatch == ActorDispatch.Inline && TurnDepth.MayNest(Host.MaxInlineDepth))
            RunNested();
        else
            QueueTurn();
    }

    // Into the pool's common queue: actors that keep telling each other through a thread's own queue, which is served first, would let
    // whatever else the process has to do wait for seconds.
    protected void QueueTurn() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => RunNested();

    private void RunNested()
    {
        TurnDepth.Ambient ambient = TurnDepth.Enter();
        try
        {
            RunTurn();
        }
        finally
        {
            TurnDepth.Leave(ambient);
        }
    }

    /// <summary>Works off the mailbox; the claim is held.</summary>
    protected abstract void RunTurn();

    /// <summary>Free-threaded: fires the instance's stopping token.</summary>
    protected abstract void SignalStopping();
}
