using System.Security.Cryptography.X509Certificates;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>
/// Daemons behind TLS: one that is <c>strict</c> about its clients' certificates, and those that take any: a <c>lax</c> one that is otherwise right, and
/// ones whose own certificate is from a <c>strange</c> authority, for a host <c>elsewhere</c>, or <c>expired</c>.
/// </summary>
public sealed class TlsDaemons : IAsyncLifetime
{
    private readonly Dictionary<string, int> _ports = [];
    private readonly List<LibvirtDaemon> _daemons = [];

    public TestAuthority Authority { get; } = new();

    public TestAuthority Stranger { get; } = new("Stranger");

    public async ValueTask InitializeAsync()
    {
        await StartAsync("strict", Authority.Issue("server", null, "127.0.0.1"), verifies: true);
        await StartAsync("lax", Authority.Issue("server", null, "127.0.0.1"));
        await StartAsync("strange", Stranger.Issue("server", null, "127.0.0.1"));
        await StartAsync("elsewhere", Authority.Issue("server", null, "hv7.test"));
        await StartAsync("expired", Authority.Issue("server", DateTimeOffset.UtcNow.AddDays(-1), "127.0.0.1"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LibvirtDaemon daemon in _daemons)
            await daemon.DisposeAsync();
        Authority.Dispose();
        Stranger.Dispose();
    }

    public int PortOf(string daemon) => _ports[daemon];

    private async Task StartAsync(string name, X509Certificate2 certificate, bool verifies = false)
    {
        int port = _ports[name] = Ports.Free();
        Dictionary<string, string> settings = DoorsFixture.TlsSettings(port, Authority.WriteDirectory(certificate));
        settings["tls_no_verify_certificate"] = verifies ? "0" : "1";
        _daemons.Add(await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { ListenTcp = true, Settings = settings }));
        certificate.Dispose();
    }
}
