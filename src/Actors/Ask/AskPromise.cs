using System.Collections.Concurrent;

namespace Actors;

/// <summary>The promise of one ask. Comes from a pool and returns there once its result has been taken.</summary>
internal sealed class AskPromise<TReply> : Promise<TReply>, IPendingAsk
{
    private const int LargestPool = 1024;

    private static readonly ConcurrentQueue<AskPromise<TReply>> Pool = new();
    private static int s_pooled;

    [ThreadStatic]
    private static AskPromise<TReply>? s_spare;

    private AskDeadlines? _deadlines;
    private IActorSystemDiagnostics? _activity;
    private ActorPath? _target;
    private TimeSpan _timeout;
    private CancellationTokenRegistration _cancellation;

    public long Deadline { get; private set; }

    public int Index { get; set; } = -1;

    public object? Message { get; private set; }

    protected override IActorSystemDiagnostics? Activity => _activity;

    public static AskPromise<TReply> Rent()
    {
        AskPromise<TReply>? promise = s_spare;
        if (promise is not null)
        {
            s_spare = null;
            return promise;
        }

        if (!Pool.TryDequeue(out promise))
            return new AskPromise<TReply>();
        Interlocked.Decrement(ref s_pooled);
        return promise;
    }

    /// <summary>Lists the ask with its system, before its message is told.</summary>
    public void Begin(IActorRef target, object? message, TimeSpan timeout)
    {
        AskDeadlines deadlines = AskDeadlines.Of(target.System);
        _target = target.Path;
        _timeout = timeout;
        Deadline = deadlines.After(timeout);
        Message = message;
        _deadlines = deadlines;
        _activity = deadlines.Activity;
        deadlines.Add(this);
    }

    /// <summary>Lets the token end the ask. The message has been told, so a reply may come meanwhile.</summary>
    public void CancelWith(CancellationToken cancellationToken) =>
        _cancellation = cancellationToken.UnsafeRegister(static (ask, token) => ((AskPromise<TReply>)ask!).Cancel(token), this);

    /// <summary>Gives back a promise whose message was never made. A handle to it may have leaked, so it is not used again.</summary>
    public void Abandon() => TrySetException(Life, new InvalidOperationException("The message of this ask was never told."));

    public void Expire() => TrySetException(Life, new TimeoutException($"'{_target}' has not replied within {_timeout}."));

    public void Fail(TellResult reason) => TrySetException(Life, new AskFailedException(_target!, reason));

    protected override void OnResultTaken()
    {
        // Both wait for whoever is at work on this life, so that none reaches into the next.
        _cancellation.Dispose();
        _cancellation = default;
        _deadlines?.Remove(this);
        _deadlines = null;
        _activity = null;
        _target = null;
        Message = null;
        Reset();
        Return();
    }

    private void Cancel(CancellationToken token) => TrySetException(Life, new OperationCanceledException(token));

    private void Return()
    {
        if (s_spare is null)
        {
            s_spare = this;
        }
        else if (Interlocked.Increment(ref s_pooled) <= LargestPool)
        {
            Pool.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref s_pooled);
        }
    }
}
