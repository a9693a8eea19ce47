namespace Libvirt.TestKit;

/// <summary>A timer of a <see cref="VirtualTimeProvider"/>, whose lock guards the mutable fields.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider time, TimerCallback callback, object? state, ExecutionContext? context) : ITimer
{
    // The maximum that the timers of TimeProvider.System accept.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static IComparer<VirtualTimer> ByDueTime { get; } = Comparer<VirtualTimer>.Create(static (left, right) =>
    {
        int order = left.Due.CompareTo(right.Due);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    });

    public object? State => state;

    public long Due { get; set; }

    /// <summary>Orders timers that are due at the same instant: the timer that was scheduled first fires first.</summary>
    public long Sequence { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        return time.Schedule(this, dueTime, period);
    }

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Fire()
    {
        if (context is null)
            callback(state);
        else
            ExecutionContext.Run(context, static timer => ((VirtualTimer)timer!).Call(), this);
    }

    public string Describe(TimeSpan now)
    {
        string what = state is ScheduledWork work
            ? work.ToString()
            : $"{callback.Method.DeclaringType?.FullName}.{callback.Method.Name} with {state?.GetType().FullName ?? "no state"}";
        string repeats = Period > TimeSpan.Zero ? $", every {Period}" : "";
        return $"{what}, due in {TimeSpan.FromTicks(Due) - now}{repeats}";
    }

    private void Call() => callback(state);

    private static void Check(TimeSpan value, string name)
    {
        if (value == Timeout.InfiniteTimeSpan)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest, name);
    }
}
