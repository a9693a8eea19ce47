using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>The parameters of TLS with the runtime and with virsh: who gets in with which certificates.</summary>
public sealed class TlsParameterTests(TlsDaemons daemons) : IClassFixture<TlsDaemons>
{
    private readonly TestAuthority _authority = daemons.Authority;
    private readonly TestAuthority _stranger = daemons.Stranger;

    /// <summary>
    /// A daemon that demands a certificate of its clients and one that takes any, and the directory that <c>pkipath</c> names. virsh takes exception to its
    /// own certificate on its own, by much that the runtime leaves to the daemon.
    /// </summary>
    [Fact]
    public async Task The_directory_has_all_that_counts()
    {
        using X509Certificate2 good = _authority.Issue("client");
        string all = _authority.WriteDirectory(client: good);
        string keyless = _authority.WriteDirectory(client: good);
        File.Delete(Path.Combine(keyless, "clientkey.pem"));
        string otherKey = _authority.WriteDirectory(client: good);
        await File.WriteAllTextAsync(Path.Combine(otherKey, "clientkey.pem"), RSA.Create(2048).ExportPkcs8PrivateKeyPem());
        string ownerless = _authority.WriteDirectory(client: good);
        File.Delete(Path.Combine(ownerless, "cacert.pem"));
        string blank = Path.Combine(Scratch.NewDirectory("pki"), "a name & more");
        (await Command.RunAsync("cp", ["-r", all, blank])).EnsureSuccess();

        await SameAsync("strict", all, "both");
        await SameAsync("strict", $"{all}/", "both");
        await SameAsync("strict", System.Uri.EscapeDataString(blank), "both");
        await SameAsync("strict", _authority.WriteDirectory(), "nobody");
        await SameAsync("strict", keyless, "nobody");
        await SameAsync("strict", otherKey, "nobody");
        await SameAsync("lax", _authority.WriteDirectory(), "both");
        await SameAsync("lax", keyless, "both");
        await SameAsync("lax", otherKey, "nobody");
        await SameAsync("lax", ownerless, "nobody");
        await SameAsync("lax", Scratch.NewDirectory("pki"), "nobody");
        await SameAsync("lax", "/nowhere/pki", "nobody");
        await SameAsync("lax", _stranger.WriteDirectory(client: good), "nobody");
    }

    [Fact]
    public async Task What_is_wrong_with_our_own_certificate_matters_unless_no_sanity_says_that_it_does_not()
    {
        string expired = _authority.WriteDirectory(client: _authority.Issue("client", DateTimeOffset.UtcNow.AddDays(-1)));
        string early = _authority.WriteDirectory(client: _authority.Issue("client", null, DateTimeOffset.UtcNow.AddDays(30)));
        string strange = _authority.WriteDirectory(client: _stranger.Issue("client"));
        string servers = _authority.WriteDirectory(client: _authority.Issue("client", null, "127.0.0.1"));

        await SameAsync("lax", expired, "nobody");
        await SameAsync("lax", $"{expired}&no_sanity=0", "nobody");
        await SameAsync("lax", $"{expired}&no_sanity=1", "both");
        await SameAsync("strict", $"{expired}&no_sanity=1", "nobody");
        await SameAsync("lax", early, "nobody");
        await SameAsync("lax", $"{early}&no_sanity=1", "both");
        // It is for the daemon to know whom it takes.
        await SameAsync("lax", strange, "the runtime");
        await SameAsync("lax", $"{strange}&no_sanity=1", "both");
        await SameAsync("strict", $"{strange}&no_sanity=1", "nobody");
        await SameAsync("lax", servers, "both");
    }

    [Theory]
    [InlineData("strange")]
    [InlineData("elsewhere")]
    [InlineData("expired")]
    public async Task What_is_wrong_with_the_daemons_certificate_matters_unless_no_verify_says_that_it_does_not(string daemon)
    {
        string pki = _authority.WriteDirectory(client: _authority.Issue("client"));

        await SameAsync(daemon, pki, "nobody");
        await SameAsync(daemon, $"{pki}&no_verify=0", "nobody");
        await SameAsync(daemon, $"{pki}&no_verify=1", "both");
        await SameAsync(daemon, $"{pki}&no_verify=7", "both");
        await SameAsync(daemon, $"{pki}&no_verify=yes", "nobody");
        // Without a check there is nothing to check by; virsh wants to read the authorities all the same.
        await SameAsync(daemon, $"{Scratch.NewDirectory("pki")}&no_verify=1", "the runtime");
    }

    [Fact]
    public async Task A_certificate_without_a_key_is_named_where_the_daemon_demands_one()
    {
        string keyless = _authority.WriteDirectory(client: _authority.Issue("client"));
        File.Delete(Path.Combine(keyless, "clientkey.pem"));

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync(Uri("strict", keyless), new HypervisorOptions { Reconnect = false }));

        Assert.Equal(ConnectFailure.TlsClientCertificate, error.Reason);
        Assert.Contains($"{keyless}/clientcert.pem has no key: there is no {keyless}/clientkey.pem", error.Message, StringComparison.Ordinal);
    }

    private string Uri(string daemon, string pki) => $"test+tls://127.0.0.1:{daemons.PortOf(daemon)}/default?pkipath={pki}";

    private async Task SameAsync(string daemon, string pki, string whoGetsIn)
    {
        string who = await BesideVirsh.WhoGetsInAsync(Uri(daemon, pki));

        Assert.True(who == whoGetsIn, $"{daemon}, {pki}: {who} instead of {whoGetsIn}");
    }
}
