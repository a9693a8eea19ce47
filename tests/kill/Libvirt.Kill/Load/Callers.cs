namespace Libvirt.Kill.Load;

/// <summary>Callers that make one call after the other on the domain of the test driver until they are ended.</summary>
internal sealed class Callers
{
    private const string DomainName = "test";
    private const ulong MaxMemory = 8_388_608;
    private const ulong SmallMemory = 1_048_576;
    private const ulong LargeMemory = 2_097_152;

    private readonly Hypervisor _hypervisor;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _working;

    private Callers(Hypervisor hypervisor, CallLedger ledger, CallerMix mix)
    {
        _hypervisor = hypervisor;
        Ledger = ledger;
        _working = Task.WhenAll(
        [
            .. Work(mix.Readers, ReadAsync),
            .. Work(mix.MemoryChangers, ChangeMemoryAsync),
            .. Work(mix.Suspenders, SuspendAsync),
        ]);
    }

    /// <summary>What became of their calls.</summary>
    public CallLedger Ledger { get; }

    /// <param name="hypervisor">What they call.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="mix">How many they are.</param>
    public static Callers Start(Hypervisor hypervisor, string name, CallerMix mix) => new(hypervisor, new CallLedger(name), mix);

    /// <summary>Lets each caller finish its last round of calls.</summary>
    /// <exception cref="TimeoutException">A caller had not finished within <paramref name="limit"/>.</exception>
    public async Task EndAsync(TimeSpan limit)
    {
        await _end.CancelAsync();
        await _working.WaitAsync(limit);
    }

    private IEnumerable<Task> Work(int count, Func<CallSlot, Domain, Task> round) => Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
    {
        CallSlot slot = Ledger.OpenSlot();
        Domain? domain = null;
        while (!_end.IsCancellationRequested)
        {
            domain ??= await Ledger.CallAsync(slot, "LookupDomainByName", () => _hypervisor.LookupDomainByNameAsync(DomainName), found => found.Name == DomainName);
            if (domain is not null)
                await round(slot, domain);
        }
    }));

    private async Task ReadAsync(CallSlot slot, Domain domain)
    {
        await Ledger.CallAsync(slot, "ListAllDomains", () => _hypervisor.ListAllDomainsAsync(), all => all.Any(one => one.Name == DomainName));
        await Ledger.CallAsync(slot, "GetInfo", () => domain.GetInfoAsync(), info => info.MaxMemory == MaxMemory);
        await Ledger.CallAsync(slot, "GetXmlDesc", () => domain.GetXmlDescAsync(), xml => xml.Contains("<name>test</name>", StringComparison.Ordinal));
        await Ledger.CallAsync(slot, "GetAllDomainStats", () => _hypervisor.GetAllDomainStatsAsync(), all => all.Any(one => one.Domain.Name == DomainName));
    }

    private async Task ChangeMemoryAsync(CallSlot slot, Domain domain)
    {
        await ChangeAsync(slot, "SetMemory", () => domain.SetMemoryAsync(SmallMemory));
        await ChangeAsync(slot, "SetMemory", () => domain.SetMemoryAsync(LargeMemory));
    }

    private async Task SuspendAsync(CallSlot slot, Domain domain)
    {
        await ChangeAsync(slot, "Suspend", () => domain.SuspendAsync());
        await ChangeAsync(slot, "Resume", () => domain.ResumeAsync());
    }

    private Task ChangeAsync(CallSlot slot, string procedure, Func<ValueTask> call) => Ledger.CallAsync(
        slot,
        procedure,
        async () =>
        {
            await call();
            return true;
        },
        static done => done);
}
