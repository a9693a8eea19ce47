using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Tests.AkkaHosting;

/// <summary>A host with an actor system that Akka.Hosting configures.</summary>
internal sealed class AkkaHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _hasStopped;

    private AkkaHost(IHost host)
    {
        _host = host;
    }

    public IServiceProvider Services => _host.Services;

    public static async Task<AkkaHost> StartAsync(
        Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? before = null, Action<HostApplicationBuilder>? after = null, string settings = "")
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddHoconString(settings);
        builder.Services.AddLogging();
        before?.Invoke(builder);
        builder.Services.AddAkka("fleet", akka);
        after?.Invoke(builder);
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new AkkaHost(host);
        }
        catch
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            throw;
        }
    }

    public Task StopAsync()
    {
        _hasStopped = true;
        return _host.StopAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasStopped)
            await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
