using Akka.Actor;
using Libvirt;
using Libvirt.Hosting;
using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HostedWorker;

/// <summary>Asks every hypervisor for its domains, all at the same time, again and again.</summary>
internal sealed partial class InventoryActor : ReceiveActor, IWithTimers
{
    private readonly TimeSpan _interval;
    private readonly HashSet<string> _asked = [];

    public InventoryActor(IConfiguration configuration, ILogger<InventoryActor> log)
    {
        _interval = HoconDuration.Parse(configuration["inventory:every"] ?? "5s");
        Receive<Count>(_ => Ask(LibvirtHypervisors.For(Context.System)));
        Receive<Found>(found =>
        {
            _asked.Remove(found.Hypervisor);
            Counted(log, found.Hypervisor, found.Domains.Count, found.Domains.Count(domain => domain.Id is not null));
        });
        Receive<Failed>(failed =>
        {
            _asked.Remove(failed.Hypervisor);
            Skipped(log, failed.Hypervisor, failed.Error.Message);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Count), new Count(), TimeSpan.Zero, _interval);

    private void Ask(IHypervisors hypervisors)
    {
        foreach ((string name, Hypervisor hypervisor) in hypervisors.All)
        {
            // One that has not answered yet is not asked again.
            if (_asked.Add(name))
                hypervisor.ListAllDomainsAsync().PipeTo(Self, success: domains => new Found(name, domains), failure: error => new Failed(name, error));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Hypervisor} has {Domains} domains, {Running} of them running")]
    private static partial void Counted(ILogger logger, string hypervisor, int domains, int running);

    [LoggerMessage(2, LogLevel.Warning, "{Hypervisor} is left out: {Reason}")]
    private static partial void Skipped(ILogger logger, string hypervisor, string reason);

    private sealed record Count;

    private sealed record Found(string Hypervisor, IReadOnlyList<Domain> Domains);

    private sealed record Failed(string Hypervisor, Exception Error);
}
