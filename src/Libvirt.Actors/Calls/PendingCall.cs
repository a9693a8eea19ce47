using Libvirt.Threads;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Calls;

/// <summary>
/// A call from asynchronous code: message and promise in one. Pooled: it returns to the pool when its caller has taken a result that came from the daemon and
/// nothing else can still refer to it, that is, when no cancellation was under way. All other calls are left to the garbage collector.
/// </summary>
internal sealed class PendingCall<TRet> : CallPromise<TRet>, IPendingCall, IContinuation
    where TRet : class, IXdrReadable<TRet>
{
    private IXdrWritable _args = XdrVoid.Value;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private volatile ICallHolder? _holder;
    private TRet? _result;
    private bool _answered;

    public Procedure Procedure { get; private set; } = null!;

    public CallPriority Priority { get; private set; }

    public TimeSpan Timeout { get; private set; }

    public long Deadline { get; private set; }

    public long HoldUntil { get; set; }

    public bool WasSent { get; set; }

    public long SentAt { get; set; }

    public uint Serial { get; set; }

    public StreamPort? Stream { get; set; }

    public ICallHolder? Holder
    {
        get => _holder;
        set => _holder = value;
    }

    public DescriptorExchange? Descriptors { get; set; }

    public IPendingCall? Next { get; set; }

    public IPendingCall? Previous { get; set; }

    public CallQueue? Queue { get; set; }

    /// <summary>Takes a call from the pool and fills it in.</summary>
    public static PendingCall<TRet> Rent(Procedure procedure, IXdrWritable args, CallPriority priority, TimeSpan timeout, long deadline)
    {
        PendingCall<TRet> call = CallPool<PendingCall<TRet>>.TryRent() ?? new PendingCall<TRet>();
        call.Procedure = procedure;
        call._args = args;
        call.Priority = priority;
        call.Timeout = timeout;
        call.Deadline = deadline;
        return call;
    }

    /// <summary>Passes the call to its first holder and returns the awaitable. Once per life.</summary>
    public ValueTask<TRet> Submit(ICallHolder holder, CancellationToken cancellationToken)
    {
        ValueTask<TRet> result = Task;
        holder.Take(this);
        if (cancellationToken.CanBeCanceled)
        {
            _cancellationToken = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static call => ((PendingCall<TRet>)call!).Cancel(), this);
        }

        return result;
    }

    public void WriteArguments(ref XdrWriter writer) => _args.Write(ref writer);

    public void Complete(ReadOnlySpan<byte> payload, List<IContinuation>? unblocked)
    {
        TRet result = XdrPayload.Read<TRet>(payload);
        _answered = true;
        if (unblocked is null)
        {
            TrySetResult(result);
        }
        else if (TryDecide())
        {
            _result = result;
            unblocked.Add(this);
        }
    }

    public void Continue(bool inline)
    {
        TRet result = _result!;
        _result = null;
        SetDecided(result, runContinuationsAsynchronously: !inline);
    }

    // A failed call is not pooled: failures are rare, and what raced to fail it may still refer to it.
    public bool TryFail(Exception error) => TrySetException(error);

    /// <summary>The holder has ended: its successor takes the call, or the call fails with what ended the holder.</summary>
    public void OnUndelivered() => UndeliveredCalls.Redirect(this);

    protected override void OnResultTaken()
    {
        bool isUnreferenced = _registration.Unregister() || !_cancellationToken.CanBeCanceled;
        if (!_answered || !isUnreferenced)
            return;
        _args = XdrVoid.Value;
        _holder = null;
        _registration = default;
        _cancellationToken = default;
        _answered = false;
        Descriptors = null;
        WasSent = false;
        Serial = 0;
        Stream = null;
        Reset();
        CallPool<PendingCall<TRet>>.Return(this);
    }

    private void Cancel()
    {
        if (TrySetException(new OperationCanceledException(_cancellationToken)))
            _holder?.Abandon(this);
    }
}
