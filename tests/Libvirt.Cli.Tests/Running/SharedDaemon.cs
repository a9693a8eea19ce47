using Libvirt.Cli.Tests;
using Libvirt.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedDaemon))]

namespace Libvirt.Cli.Tests;

/// <summary>One private libvirtd for all tests that do it no harm.</summary>
public sealed class SharedDaemon : IAsyncLifetime
{
    private LibvirtDaemon? _daemon;

    /// <summary>The daemon.</summary>
    public LibvirtDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not been started.");

    internal Virtactl TestDriver => Virtactl.On(Daemon.TestUri);

    internal Virtactl Session => Virtactl.On(Daemon.SessionUri);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _daemon?.DisposeAsync() ?? ValueTask.CompletedTask;
}
