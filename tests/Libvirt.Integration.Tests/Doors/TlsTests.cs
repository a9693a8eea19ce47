using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>Certificates that do not fit, each with its own reason; and peers that do not speak TLS as they should.</summary>
public sealed class TlsTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    [Fact]
    public async Task A_daemon_from_another_authority_is_not_trusted()
    {
        LibvirtConnectException error = await RefusedAsync(doors.TlsPort, doors.Stranger.WriteDirectory(client: doors.Authority.Issue("client")));

        Assert.Equal(ConnectFailure.TlsUntrusted, error.Reason);
        Assert.Contains("cacert.pem", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_trusted()
    {
        int port = Ports.Free();
        using var certificate = doors.Authority.Issue("server", null, "127.0.0.1");
        await using TlsPeer peer = TlsPeer.Start(port, certificate);

        LibvirtConnectException error = await RefusedAsync(port, doors.Authority.WriteDirectory(revoked: certificate));

        Assert.Equal(ConnectFailure.TlsUntrusted, error.Reason);
        Assert.Contains("revoked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_and_one_for_another_host_are_told_apart()
    {
        (LibvirtDaemon expired, int expiredPort) = await doors.StartOtherAsync(expired: true, "127.0.0.1");
        await using LibvirtDaemon first = expired;
        (LibvirtDaemon wrong, int wrongPort) = await doors.StartOtherAsync(expired: false, "hv7.example", "10.1.2.3");
        await using LibvirtDaemon second = wrong;

        LibvirtConnectException late = await RefusedAsync(expiredPort, doors.GoodPki);
        LibvirtConnectException other = await RefusedAsync(wrongPort, doors.GoodPki);
        await using Hypervisor unverified = await Hypervisor.ConnectAsync(
            $"test+tls://127.0.0.1:{wrongPort}/default?pkipath={doors.GoodPki}&no_verify=1", doors.Options);

        Assert.Equal(ConnectFailure.TlsExpired, late.Reason);
        Assert.Equal(ConnectFailure.TlsWrongName, other.Reason);
        Assert.Contains("hv7.example, 10.1.2.3", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_demands_a_certificate_is_told_from_one_that_does_not_like_ours()
    {
        LibvirtConnectException none = await RefusedAsync(doors.TlsPort, doors.Authority.WriteDirectory());
        string foreign = doors.Authority.WriteDirectory(client: doors.Stranger.Issue("client"));
        LibvirtConnectException disliked = await RefusedAsync(doors.TlsPort, foreign);

        Assert.Equal(ConnectFailure.TlsClientCertificate, none.Reason);
        Assert.Contains("there is none", none.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectFailure.TlsClientCertificate, disliked.Reason);
        Assert.Contains("CN=client", disliked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_certificate_is_looked_over_unless_the_uri_forbids_it()
    {
        string pki = doors.Authority.WriteDirectory(client: doors.Authority.Issue("client", DateTimeOffset.UtcNow.AddDays(-1)));

        LibvirtConnectException sane = await RefusedAsync(doors.TlsPort, pki);
        LibvirtConnectException refused = await RefusedAsync(doors.TlsPort, $"{pki}&no_sanity=1");

        Assert.Equal(ConnectFailure.TlsExpired, sane.Reason);
        Assert.Equal(ConnectFailure.TlsClientCertificate, refused.Reason);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_named()
    {
        string empty = Scratch.NewDirectory("pki");
        string broken = doors.Authority.WriteDirectory();
        await File.WriteAllTextAsync(Path.Combine(broken, "cacrl.pem"), "nonsense");

        LibvirtConnectException missing = await RefusedAsync(doors.TlsPort, empty);
        LibvirtConnectException list = await RefusedAsync(doors.TlsPort, broken);

        Assert.Equal((ConnectFailure.TlsFailed, ConnectFailure.TlsFailed), (missing.Reason, list.Reason));
        Assert.Contains("cacert.pem", missing.Message, StringComparison.Ordinal);
        Assert.Contains("cacrl.pem", list.Message, StringComparison.Ordinal);
    }

    /// <summary>What is done to one file of a good directory, and what the error then says of it beside its path.</summary>
    [Theory]
    [InlineData("clientkey.pem", "other key", "belongs to another certificate")]
    [InlineData("clientkey.pem", "locked", "locked by a pass phrase")]
    [InlineData("clientkey.pem", "nonsense", "holds no key")]
    [InlineData("clientkey.pem", "directory", "is a directory")]
    [InlineData("clientcert.pem", "nonsense", "holds no certificate")]
    [InlineData("cacert.pem", "nonsense", "no certificate in")]
    [InlineData("cacert.pem", "directory", "is a directory")]
    [InlineData("cacert.pem", "gone", "cannot be read")]
    [InlineData("cacrl.pem", "nonsense", "no list of revoked certificates")]
    [InlineData("cacrl.pem", "directory", "is a directory")]
    public async Task A_file_that_is_of_no_use_is_named_with_what_is_wrong_with_it(string name, string flaw, string says)
    {
        using X509Certificate2 client = doors.Authority.Issue("client");
        string pki = doors.Authority.WriteDirectory(client: client);
        string path = Path.Combine(pki, name);
        File.Delete(path);
        if (flaw == "directory")
            Directory.CreateDirectory(path);
        else if (flaw != "gone")
            await File.WriteAllTextAsync(path, flaw switch
            {
                "other key" => RSA.Create(2048).ExportPkcs8PrivateKeyPem(),
                "locked" => client.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("a phrase", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)),
                _ => flaw,
            });

        LibvirtConnectException error = await RefusedAsync(doors.TlsPort, pki);

        Assert.Equal((ConnectFailure.TlsFailed, false), (error.Reason, error.IsTransient));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_priority_string_of_GnuTLS_is_reported_where_virsh_honours_it()
    {
        string uri = $"test+tls://127.0.0.1:{doors.TlsPort}/default?pkipath={doors.GoodPki}&tls_priority=NORMAL:-VERS-TLS1.3";

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(async () => await Hypervisor.ConnectAsync(uri, doors.Options));
        CommandResult virsh = await Virsh.On(uri).TryAsync("uri");

        Assert.Equal(0, virsh.ExitCode);
        Assert.Equal(ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains("tls_priority is a priority string of GnuTLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_made_for_servers_or_comes_too_early_says_so()
    {
        using X509Certificate2 forClients = doors.Authority.Issue("server");
        using X509Certificate2 early = doors.Authority.Issue("server", null, DateTimeOffset.UtcNow.AddDays(100), "127.0.0.1");
        (int clientsPort, int earlyPort) = (Ports.Free(), Ports.Free());
        await using TlsPeer first = TlsPeer.Start(clientsPort, forClients);
        await using TlsPeer second = TlsPeer.Start(earlyPort, early);

        LibvirtConnectException purpose = await RefusedAsync(clientsPort, doors.GoodPki);
        LibvirtConnectException tooEarly = await RefusedAsync(earlyPort, doors.GoodPki);

        Assert.Equal(ConnectFailure.TlsUntrusted, purpose.Reason);
        Assert.Contains("not made for servers", purpose.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectFailure.TlsExpired, tooEarly.Reason);
        Assert.Contains("only from", tooEarly.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_a_wildcard_or_signed_by_itself_is_told_by_its_names()
    {
        using X509Certificate2 wildcard = doors.Authority.Issue("server", null, "*.hv.test");
        (int wildcardPort, int selfPort) = (Ports.Free(), Ports.Free());
        await using TlsPeer first = TlsPeer.Start(wildcardPort, wildcard);
        using RSA key = RSA.Create(2048);
        using X509Certificate2 self = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using TlsPeer second = TlsPeer.Start(selfPort, self);

        LibvirtConnectException other = await RefusedAsync(wildcardPort, doors.GoodPki);
        LibvirtConnectException selfSigned = await RefusedAsync(selfPort, doors.GoodPki);

        Assert.Equal((ConnectFailure.TlsWrongName, ConnectFailure.TlsUntrusted), (other.Reason, selfSigned.Reason));
        Assert.Contains("*.hv.test", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(100)]
    public async Task A_peer_that_hangs_up_or_talks_nonsense_is_told_at_once(int bytes)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<LibvirtConnectException> refused = RefusedAsync(((IPEndPoint)listener.LocalEndpoint).Port, doors.GoodPki);
        using (Socket peer = await listener.AcceptSocketAsync())
        {
            await peer.ReceiveAsync(new byte[4096], SocketFlags.None);
            await peer.SendAsync(Enumerable.Repeat((byte)0x16, bytes).ToArray(), SocketFlags.None);
        }

        Assert.Contains((await refused).Reason, new[] { ConnectFailure.Lost, ConnectFailure.TlsFailed });
    }

    [Fact]
    public async Task A_peer_that_stalls_the_handshake_is_left_at_the_deadline()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<Socket> accepting = listener.AcceptSocketAsync();
        LibvirtConnectException refused = await RefusedAsync(port, doors.GoodPki, doors.Options with { ConnectTimeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(ConnectFailure.TimedOut, refused.Reason);
        using Socket peer = await accepting.WaitAsync(TimeSpan.FromSeconds(60));
        // The client has gone: after its greeting there is nothing more but the end.
        byte[] buffer = new byte[4096];
        while (await ReceiveAsync(peer, buffer) > 0)
        {
        }
    }

    private static async Task<int> ReceiveAsync(Socket peer, byte[] buffer)
    {
        try
        {
            return await peer.ReceiveAsync(buffer, SocketFlags.None).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private Task<LibvirtConnectException> RefusedAsync(int port, string pki, HypervisorOptions? options = null) =>
        Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync($"test+tls://127.0.0.1:{port}/default?pkipath={pki}", options ?? doors.Options));
}
