using System.Collections.Concurrent;
using System.Diagnostics;

namespace Libvirt.Kill.Load;

/// <summary>Counts calls when they begin and when they end, by their outcome, and knows those under way.</summary>
/// <param name="name">Of what they are made on, for messages.</param>
internal sealed class CallLedger(string name)
{
    private readonly long[] _ended = new long[Enum.GetValues<CallOutcome>().Length];
    private readonly ConcurrentDictionary<CallSlot, bool> _slots = new();
    private readonly Lock _longestLock = new();
    private long _begun;
    private volatile string? _unexpected;

    /// <summary>Calls that have begun.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>Calls that have ended, each with one outcome.</summary>
    public long Ended => Enum.GetValues<CallOutcome>().Sum(Count);

    /// <summary>The duration of the longest call that has ended, and its name.</summary>
    public (TimeSpan Duration, string Name) Longest { get; private set; }

    /// <summary>What the first call with <see cref="CallOutcome.Unexpected"/> ended with; null when there was none.</summary>
    public string? FirstUnexpected => _unexpected;

    /// <summary>Calls that ended with this outcome.</summary>
    public long Count(CallOutcome outcome) => Interlocked.Read(ref _ended[(int)outcome]);

    /// <summary>The calls of one caller, who makes one at a time.</summary>
    public CallSlot OpenSlot()
    {
        CallSlot slot = new();
        _slots[slot] = true;
        return slot;
    }

    /// <summary>Calls that have been under way for longer than <paramref name="bound"/>, described.</summary>
    public IEnumerable<string> Overdue(TimeSpan bound) =>
        from slot in _slots.Keys
        let call = slot.Current
        where call is not null && call.Elapsed > bound
        select $"{call.Name} on {name} has not ended after {call.Elapsed.TotalSeconds:0} s";

    /// <summary>Makes a call and counts it. No exception of the call leaves.</summary>
    /// <param name="slot">The caller's.</param>
    /// <param name="procedure">The call's name.</param>
    /// <param name="call">Makes it.</param>
    /// <param name="isOwnAnswer">Whether the answer can be that of this call.</param>
    /// <returns>The answer, or the default where there was none.</returns>
    public async Task<T?> CallAsync<T>(CallSlot slot, string procedure, Func<ValueTask<T>> call, Func<T, bool> isOwnAnswer)
    {
        CallUnderWay current = new(procedure, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _begun);
        slot.Current = current;
        T? answer = default;
        CallOutcome outcome;
        try
        {
            answer = await call();
            outcome = isOwnAnswer(answer) ? CallOutcome.Answered : Unexpected($"{procedure} on {name} was answered with {answer}");
        }
        catch (Exception e)
        {
            outcome = Classify(e, procedure);
        }

        slot.Current = null;
        Note(current);
        Interlocked.Increment(ref _ended[(int)outcome]);
        return outcome == CallOutcome.Answered ? answer : default;
    }

    public override string ToString() =>
        $"{name}: {string.Join(", ", Enum.GetValues<CallOutcome>().Select(outcome => $"{Count(outcome)} {outcome}"))}; {FirstUnexpected}";

    private CallOutcome Classify(Exception e, string procedure) => e switch
    {
        LibvirtConnectionLostException { Sent: true } => CallOutcome.LostSent,
        LibvirtConnectionLostException => CallOutcome.LostNotSent,
        LibvirtTimeoutException => CallOutcome.TimedOut,
        LibvirtRemoteException => CallOutcome.Refused,
        _ => Unexpected($"{procedure} on {name} ended with {e}"),
    };

    private CallOutcome Unexpected(string what)
    {
        Interlocked.CompareExchange(ref _unexpected, what, null);
        return CallOutcome.Unexpected;
    }

    private void Note(CallUnderWay call)
    {
        TimeSpan elapsed = call.Elapsed;
        lock (_longestLock)
        {
            if (elapsed > Longest.Duration)
                Longest = (elapsed, $"{call.Name} on {name}");
        }
    }
}
