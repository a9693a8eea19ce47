using System.IO.Pipelines;
using Libvirt.Calls;

namespace Libvirt.Connection;

/// <summary>
/// Lets a stream's reader go on where callers do: on the thread that has read its bytes, after the connection's turn. Elsewhere it goes on through the
/// thread pool, whose threads look for more work for a while before they sleep: that costs more than copying the packet.
/// </summary>
internal sealed class AfterTurn : PipeScheduler
{
    [ThreadStatic]
    private static List<IAnsweredCall>? s_answered;

    private AfterTurn()
    {
    }

    public static AfterTurn Scheduler { get; } = new();

    /// <summary>This thread routes frames from now on; who shall go on because of them goes into the list, or to the pool where there is none.</summary>
    public static void Begin(List<IAnsweredCall>? answered) => s_answered = answered;

    /// <summary>It does so no longer.</summary>
    public static void End() => s_answered = null;

    public override void Schedule(Action<object?> action, object? state)
    {
        Reader reader = new(action, state);
        if (s_answered is { } answered)
            answered.Add(reader);
        else
            reader.Tell(inline: false);
    }

    private sealed class Reader(Action<object?> action, object? state) : IAnsweredCall
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
