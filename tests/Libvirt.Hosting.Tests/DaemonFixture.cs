using Libvirt.Testing;

[assembly: AssemblyFixture(typeof(Libvirt.Hosting.Tests.DaemonFixture))]

namespace Libvirt.Hosting.Tests;

/// <summary>One daemon for all tests that need something to connect to.</summary>
public sealed class DaemonFixture : IAsyncLifetime
{
    private LibvirtDaemon? _daemon;

    public LibvirtDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not started.");

    /// <summary>A URI of a daemon that does not run.</summary>
    public static string DownUri => "test+unix:///default?socket=/nowhere/libvirt-sock";

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();
    }
}
