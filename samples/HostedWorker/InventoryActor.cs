using Libvirt;
using Libvirt.Hosting;
using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostedWorker;

/// <summary>Asks every hypervisor for its domains, all at the same time, again and again.</summary>
internal sealed partial class InventoryWorker(IHypervisors hypervisors, IConfiguration configuration, ILogger<InventoryWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(HoconDuration.Parse(configuration["inventory:every"] ?? "5s"));
        do
        {
            await Task.WhenAll(hypervisors.All.Select(named => CountAsync(named.Key, named.Value, stoppingToken)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CountAsync(string name, Hypervisor hypervisor, CancellationToken stoppingToken)
    {
        try
        {
            IReadOnlyList<Domain> domains = await hypervisor.ListAllDomainsAsync(cancellationToken: stoppingToken);
            Counted(log, name, domains.Count, domains.Count(domain => domain.Id is not null));
        }
        catch (LibvirtException exception)
        {
            Skipped(log, name, exception.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Hypervisor} has {Domains} domains, {Running} of them running")]
    private static partial void Counted(ILogger logger, string hypervisor, int domains, int running);

    [LoggerMessage(2, LogLevel.Warning, "{Hypervisor} is left out: {Reason}")]
    private static partial void Skipped(ILogger logger, string hypervisor, string reason);
}
