using System.Diagnostics;

namespace Libvirt.Integration.Faults;

/// <summary>Callers that work on one hypervisor until they are told to end, and what became of their calls.</summary>
internal sealed class Callers
{
    private readonly Hypervisor _hypervisor;
    private readonly bool _mayLose;
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _working;
    private long _answered;
    private long _lost;
    private long _longest;

    /// <param name="hypervisor">Whom they call.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="mayLose">Whether a call may end with a lost connection; nothing else is ever forgiven.</param>
    public Callers(Hypervisor hypervisor, int count, bool mayLose)
    {
        _hypervisor = hypervisor;
        _mayLose = mayLose;
        _working = [.. Enumerable.Range(0, count).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Calls that were answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Calls that ended with <see cref="LibvirtConnectionLostException"/>.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>How long the longest call took.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>Waits for everyone's last call. Fails with what a call ended with that it must not end with.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_working);
    }

    private async Task WorkAsync()
    {
        Domain? domain = null;
        while (!_end.IsCancellationRequested)
        {
            // One call that only reads and may go on with the next connection, one that changes something and never does.
            domain = (await CallAsync(async () => await _hypervisor.ListAllDomainsAsync()))?.Single(one => one.Name == "test") ?? domain;
            if (domain is null)
                continue;
            await CallAsync(async () => await domain.GetInfoAsync());
            await CallAsync<object?>(async () =>
            {
                await domain.SetAutostartAsync(false);
                return null;
            });
        }
    }

    private async Task<T?> CallAsync<T>(Func<Task<T>> call)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            T reply = await call();
            Interlocked.Increment(ref _answered);
            return reply;
        }
        catch (LibvirtConnectionLostException) when (_mayLose)
        {
            Interlocked.Increment(ref _lost);
            return default;
        }
        finally
        {
            long took = Stopwatch.GetElapsedTime(start).Ticks;
            long longest;
            while (took > (longest = Interlocked.Read(ref _longest)) && Interlocked.CompareExchange(ref _longest, took, longest) != longest)
            {
            }
        }
    }
}
