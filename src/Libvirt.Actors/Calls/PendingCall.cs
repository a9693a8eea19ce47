using Actors;
using Libvirt.Connection;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Calls;

/// <summary>
/// A call that awaits a <typeparamref name="TRet"/>. Pooled: it goes back when its asker has taken a result that came from the daemon and nobody
/// else can still hold it, that is, when no cancellation was under way. All other calls are left to the garbage collector.
/// </summary>
internal sealed class PendingCall<TRet> : Promise<TRet>, IPendingCall, IWaiter, INotifyUndelivered
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

    /// <summary>Gives the call to its first holder and hands out the awaitable. Once per life.</summary>
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

    public void Complete(ReadOnlySpan<byte> payload, List<IWaiter>? answered)
    {
        TRet result = XdrPayload.Read<TRet>(payload);
        _answered = true;
        if (answered is null)
        {
            TrySetResult(Life, result);
        }
        else if (TryDecide(Life))
        {
            _result = result;
            answered.Add(this);
        }
    }

    public TimeSpan Allowance => ContinuationTrust.CallerAllowance;

    public void Tell(bool inline)
    {
        TRet result = _result!;
        _result = null;
        SetDecided(result, runContinuationsAsynchronously: !inline);
    }

    // A failed call is not pooled: failures are rare, and whoever raced to fail it may still hold it.
    public bool TryFail(Exception error) => TrySetException(Life, error);

    /// <summary>A full holder fails the call; one that has ended leaves it to its successor.</summary>
    public void OnUndelivered(TellResult reason)
    {
        ICallHolder? holder = _holder;
        if (reason == TellResult.MailboxFull)
            TryFail(new LibvirtQueueFullException(Procedure.Name));
        else if (holder?.Successor is { } successor && Priority == CallPriority.Normal)
            successor.Take(this);
        else if (holder is { IsHypervisor: false })
            TryFail(CallFailures.ConnectionEnded(this, holder.EndReason));
        else
            TryFail(CallFailures.HypervisorClosed(this, holder?.EndReason));
    }

    protected override void OnResultTaken()
    {
        bool nobodyElseHoldsIt = _registration.Unregister() || !_cancellationToken.CanBeCanceled;
        if (!_answered || !nobodyElseHoldsIt)
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
        if (TrySetException(Life, new OperationCanceledException(_cancellationToken)))
            _holder?.Abandon(this);
    }
}
