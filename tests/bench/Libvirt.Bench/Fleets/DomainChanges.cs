namespace Libvirt.Bench.Fleets;

/// <summary>
/// Suspends and resumes one domain after the other, until it is ended. Each change makes its daemon send one lifecycle event. A domain that is slow to
/// change, because its daemon is busy with statistics, does not delay the others.
/// </summary>
internal sealed class DomainChanges
{
    private readonly IReadOnlyList<Domain> _domains;
    private readonly CancellationTokenSource _end = new();
    private readonly Task<int> _changing;

    private DomainChanges(IReadOnlyList<Domain> domains)
    {
        _domains = domains;
        _changing = Task.Run(ChangeAsync);
    }

    /// <summary>How long it waits from one domain to the next.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(200);

    public static DomainChanges Start(IReadOnlyList<Domain> domains) => new(domains);

    /// <summary>Ends it and returns how many changes were made. All domains run afterwards.</summary>
    public async Task<int> EndAsync()
    {
        await _end.CancelAsync();
        int count = await _changing;
        _end.Dispose();
        return count;
    }

    private async Task<int> ChangeAsync()
    {
        int count = 0;
        Task[] changes = [.. _domains.Select(_ => Task.CompletedTask)];
        for (int next = 0; !_end.IsCancellationRequested; next = (next + 1) % changes.Length)
        {
            if (changes[next].IsCompleted)
            {
                await changes[next];
                changes[next] = ChangeAsync(_domains[next]);
                count += 2;
            }
            await Task.Delay(Interval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(changes);
        return count;
    }

    private static async Task ChangeAsync(Domain domain)
    {
        await domain.SuspendAsync();
        await domain.ResumeAsync();
    }
}
