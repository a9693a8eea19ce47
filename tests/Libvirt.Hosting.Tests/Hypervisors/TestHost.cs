using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Tests.Hypervisors;

/// <summary>A host with hypervisors and nothing else, whose configuration can be changed while it runs.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly Changeable _changeable;

    private TestHost(IHost host, Changeable changeable)
    {
        Host = host;
        _changeable = changeable;
    }

    public IHost Host { get; }

    public IServiceProvider Services => Host.Services;

    public IHypervisors Hypervisors => Services.GetRequiredService<IHypervisors>();

    public static TestHost Build(string hocon, Action<HostApplicationBuilder>? configure = null, Action<LibvirtOptions>? code = null)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        Changeable changeable = new(hocon);
        ((IConfigurationBuilder)builder.Configuration).Add(changeable);
        builder.AddLibvirt(code);
        configure?.Invoke(builder);
        return new TestHost(builder.Build(), changeable);
    }

    public static async Task<TestHost> StartAsync(string hocon, Action<HostApplicationBuilder>? configure = null, Action<LibvirtOptions>? code = null)
    {
        TestHost host = Build(hocon, configure, code);
        await host.Host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public void Change(string hocon) => _changeable.Change(hocon);

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
    }

    private sealed class Changeable(string hocon) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() => Read(hocon);

        public void Change(string text)
        {
            Read(text);
            OnReload();
        }

        private void Read(string text) => Data = new ConfigurationBuilder().AddHoconString(text).Build().AsEnumerable()
            .Where(static pair => pair.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
