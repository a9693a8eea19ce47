using Libvirt.Testing;
using Xunit;

namespace Samples.Tests;

/// <summary>One daemon for the samples that leave it as it was.</summary>
public sealed class DaemonFixture : IAsyncLifetime
{
    private LibvirtDaemon? _daemon;

    public LibvirtDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not started.");

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();
    }
}
