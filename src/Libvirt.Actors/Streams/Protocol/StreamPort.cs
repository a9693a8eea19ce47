using Libvirt.Threads;
using Akka.Actor;
using System.IO.Pipelines;
using Libvirt.Connections;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>
/// The user's end of one stream: what has come and waits to be read, and the way for what is written. It exists before the stream does, since packets
/// may follow the reply that begins the stream at once. One reader and one writer may use it at a time.
/// </summary>
internal sealed partial class StreamPort
{
    private readonly Pipe _incoming;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandon = new();
    private volatile IActorRef? _actor;
    private volatile ConnectionHandle? _connection;
    private volatile bool _isAbandoned;
    private volatile Exception? _failure;
    private uint _serial;

    public StreamPort(Procedure procedure, StreamBuffering buffering, bool isSparse = false)
    {
        Procedure = procedure;
        Buffering = buffering;
        IsSparse = isSparse;
        Abandoned = _abandon.Token;
        _incoming = new Pipe(new PipeOptions(
            buffering.Memory,
            pauseWriterThreshold: buffering.Capacity,
            resumeWriterThreshold: Math.Max(1, buffering.Capacity / 2),
            minimumSegmentSize: Math.Min(64 * 1024, buffering.Capacity),
            readerScheduler: TurnContinuations.Scheduler,
            useSynchronizationContext: false));
        Input = new PortReader(_incoming.Reader, buffering.Capacity, () => _failure);
    }

    public Procedure Procedure { get; }

    public StreamBuffering Buffering { get; }

    /// <summary>Whether the call asked for holes.</summary>
    public bool IsSparse { get; }

    /// <summary>What has come. It ends when the daemon has acknowledged the end, or with what went wrong.</summary>
    public PipeReader Input { get; }

    /// <summary>Ends with the stream: as a success when both sides finished, canceled when we aborted it, else with what went wrong.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Fires when nobody will read any more.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>Whether both sides know that the stream is over. Not so when its actor or its connection came to an end first.</summary>
    public bool EndedByProtocol { get; private set; }

    /// <summary>The stream exists from now on. Once, by the connection, in the turn that routes the reply.</summary>
    public void Begin(IActorRef actor, ConnectionHandle connection, uint serial)
    {
        _serial = serial;
        _connection = connection;
        _actor = actor;
        if (_isAbandoned)
            Tell(new AbortStream());
    }

    /// <summary>Gives the stream up, whether it has begun yet or not. Does not wait.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _abandon.Cancel();
        if (_actor is not null)
            Tell(new AbortStream());
    }

    /// <summary>What bounds the wait for the acknowledgement of an abort; null for no bound.</summary>
    public StreamAbortLimit? AbortLimit { get; set; }

    /// <summary>Gives the stream up and waits until both sides have ended it. Never throws.</summary>
    public async ValueTask AbandonAsync()
    {
        if (!Completion.IsCompleted)
            Abandon();
        if (_actor is not null)
        {
            if (AbortLimit is { } limit)
                await AwaitAbortAsync(limit).ConfigureAwait(false);
            await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Input.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Says that everything is written, and waits until the daemon has worked it all off.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        Tell(new FinishStream());
        await Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The stream is over. Called once, by its actor, or by its connection when the actor failed as it was created.</summary>
    public void End(Exception? error, bool byProtocol)
    {
        EndedByProtocol = byProtocol;
        _failure = error;
        _incoming.Writer.Complete();
        if (error is null)
        {
            _ended.TrySetResult();
        }
        else if (error is OperationCanceledException)
        {
            _ended.TrySetCanceled();
        }
        else
        {
            _ended.TrySetException(error);
            // Readers and writers fail with it as well, so the exception of this task need not be observed.
            _ = _ended.Task.Exception;
        }
    }

    private async ValueTask AwaitAbortAsync(StreamAbortLimit limit)
    {
        await Completion.WaitAsync(limit.Limit, limit.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Completion.IsCompleted)
            return;
        // A daemon that waits for a guest or a disk does not read the abort, and one that has ended the stream by itself does not answer it.
        if (limit.OwnsConnection)
            _connection!.Ref.Tell(new FinishClose(), ActorRefs.NoSender);
        else
            Tell(new ForgetStream());
    }

    private void Tell(object message) => _actor!.Tell(message, ActorRefs.NoSender);
}
