using System.IO.Pipelines;

namespace Libvirt.Connection;

/// <summary>
/// Lets the users of streams and the subscribers to events go on where callers do: on the thread that has moved their bytes, after the connection's turn.
/// Elsewhere they go on through the thread pool, whose threads look for more work for a while before they sleep: that costs more than copying a packet.
/// </summary>
internal sealed class AfterTurn : PipeScheduler
{
    [ThreadStatic]
    private static List<IWaiter>? s_answered;

    private AfterTurn()
    {
    }

    public static AfterTurn Scheduler { get; } = new();

    /// <summary>This thread routes frames from now on; who shall go on because of them goes into the list, or to the pool where there is none.</summary>
    public static void Begin(List<IWaiter>? answered) => s_answered = answered;

    /// <summary>It does so no longer.</summary>
    public static void End() => s_answered = null;

    /// <summary>Tells whoever waits, after the turn or through the pool.</summary>
    public static void Tell(IWaiter waiter)
    {
        if (s_answered is { } answered)
            answered.Add(waiter);
        else
            waiter.Tell(inline: false);
    }

    public override void Schedule(Action<object?> action, object? state)
    {
        if (s_answered is { } answered)
            answered.Add(new StreamReader(action, state));
        else
            ThreadPool.Schedule(action, state);
    }

    private sealed class StreamReader(Action<object?> action, object? state) : IWaiter
    {
        public TimeSpan Allowance => ContinuationTrust.ReaderAllowance;

        public void Tell(bool inline)
        {
            if (inline)
                action(state);
            else
                ThreadPool.Schedule(action, state);
        }
    }
}
