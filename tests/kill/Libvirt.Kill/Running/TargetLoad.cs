using Libvirt.Events;
using Libvirt.Kill.Load;
using Libvirt.Kill.Measuring;

namespace Libvirt.Kill.Running;

/// <summary>The work on one target: its callers, its follower, and the kills made meanwhile.</summary>
internal sealed class TargetLoad
{
    private static readonly CallerMix Mix = new(Readers: 8, MemoryChangers: 1, Suspenders: 1);

    /// <summary>After this time, which is beyond the limit of any call, a call that has not ended hangs.</summary>
    private static readonly TimeSpan HangAfter = Target.CallLimit * 1.5;

    private readonly Target _target;
    private readonly Follower _follower;
    private readonly Callers _callers;
    private readonly RuntimeMeter _meter;
    private readonly long _lostBefore;
    private readonly List<Kill> _kills = [];

    private TargetLoad(Target target, Follower follower, RuntimeMeter meter)
    {
        _target = target;
        _follower = follower;
        _meter = meter;
        _lostBefore = meter.Lost(target.Address);
        _callers = Callers.Start(target.Hypervisor, target.Name, Mix);
    }

    public CallLedger Ledger => _callers.Ledger;

    public IReadOnlyList<EventGap> Gaps => _follower.Gaps;

    public long Events => _follower.Events;

    public long Dropped => _follower.Dropped;

    /// <summary>Connections that the runtime's meter counted as lost since the load began.</summary>
    public long Lost => _meter.Lost(_target.Address) - _lostBefore;

    /// <summary>Calls that hang, described.</summary>
    public IEnumerable<string> Hanging => Ledger.Overdue(HangAfter);

    public static async Task<TargetLoad> StartAsync(Target target, RuntimeMeter meter) =>
        new(target, await Follower.StartAsync(target.Hypervisor), meter);

    /// <summary>Kills the target once it has returned from the last kill.</summary>
    public async Task KillAsync(Patience patience, TimeSpan pause)
    {
        await _target.ReturnedAsync();
        await Task.Delay(pause);
        _kills.Add(await _target.KillAsync(patience));
    }

    /// <summary>Ends the work once everything has returned and the last gap has been reported.</summary>
    /// <exception cref="BrokenPromiseException">Something did not return, was not reported, or did not end.</exception>
    public async Task EndAsync(Patience patience)
    {
        await _target.ReturnedAsync();
        if (_kills.Count > 0)
            await patience.WaitAsync(() => IsReported(_kills.Count - 1), () => $"no gap was reported for the last kill of {_target.Name}");
        Task ending = _callers.EndAsync(HangAfter * 4);
        await patience.WaitAsync(() => ending.IsCompleted, () => $"the callers of {_target.Name} have not ended");
        await ending;
        await patience.WaitAsync(
            () => _meter.Active(_target.Address) == 0, () => $"the runtime counts {_meter.Active(_target.Address)} calls on {_target.Name} as under way, and there is none");
        await EndFollowerAsync();
    }

    /// <summary>The promises that were broken, described.</summary>
    public IEnumerable<string> BrokenPromises()
    {
        if (Ledger.Begun != Ledger.Ended)
            yield return $"{Ledger.Begun} calls on {_target.Name} began and {Ledger.Ended} ended";
        if (Ledger.FirstUnexpected is { } unexpected)
            yield return $"{Ledger.Count(CallOutcome.Unexpected)} calls on {_target.Name} had no proper outcome; the first: {unexpected}";
        if (Ledger.Count(CallOutcome.Answered) <= _kills.Count)
            yield return $"only {Ledger.Count(CallOutcome.Answered)} calls on {_target.Name} were answered";
        if (!_meter.Knows(_target.Address))
            yield return $"the runtime's meter has counted no call on {_target.Name}";
        if (Events == 0)
            yield return $"no event of {_target.Name} was received";
        if (Lost < _kills.Count)
            yield return $"{_target.Name} was killed {_kills.Count} times and {Lost} connections were counted as lost";
        if (Gaps.Count > Lost)
            yield return $"{Gaps.Count} gaps were reported for {_target.Name} and {Lost} connections were lost";
        for (int i = 0; i < _kills.Count; i++)
        {
            if (!IsReported(i))
                yield return $"no gap was reported for the kill of {_target.Name} at {_kills[i].Begun:O}";
        }
    }

    // A gap that began with an earlier kill counts too, if it lasted: the registration of events may have been lost before it was complete.
    private bool IsReported(int kill)
    {
        DateTimeOffset next = kill + 1 < _kills.Count ? _kills[kill + 1].Begun : DateTimeOffset.MaxValue;
        return Gaps.Any(gap => gap.From < next && gap.To >= _kills[kill].Dead);
    }

    private async Task EndFollowerAsync()
    {
        try
        {
            await _follower.DisposeAsync();
        }
        catch (LibvirtException e)
        {
            throw new BrokenPromiseException($"The subscription to {_target.Name} did not survive: {e}");
        }
    }
}
