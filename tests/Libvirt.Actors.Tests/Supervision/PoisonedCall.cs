using Libvirt.Calls;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Threads;

namespace Libvirt.Tests.Supervision;

/// <summary>A call that makes the actor fail that takes it: its deadline throws.</summary>
internal sealed class PoisonedCall : IPendingCall
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the call ends for its caller.</summary>
    public Task Ended => _ended.Task;

    public Procedure Procedure => RemoteProcedures.DomainSuspend;

    public CallPriority Priority => CallPriority.Normal;

    public TimeSpan Timeout => TimeSpan.FromMinutes(1);

    public long Deadline => throw new InjectedFailureException("The deadline cannot be read.");

    public long HoldUntil { get; set; }

    public bool IsCompleted => _ended.Task.IsCompleted;

    public bool WasSent { get; set; }

    public long SentAt { get; set; }

    public uint Serial { get; set; }

    public StreamPort? Stream => null;

    public ICallHolder? Holder { get; set; }

    public DescriptorExchange? Descriptors => null;

    public IPendingCall? Next { get; set; }

    public IPendingCall? Previous { get; set; }

    public CallQueue? Queue { get; set; }

    public void WriteArguments(ref XdrWriter writer)
    {
    }

    public void Complete(ReadOnlySpan<byte> payload, List<IContinuation>? unblocked) => _ended.TrySetResult();

    public bool TryFail(Exception error) => _ended.TrySetException(error);

    public void OnUndelivered() => UndeliveredCalls.Redirect(this);
}
