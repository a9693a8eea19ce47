using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>The parameters that every transport has, or the unix socket alone, with the runtime and with virsh.</summary>
public sealed class UriParameterTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    /// <summary>The ways that a daemon is asked for which knows names and passwords; libvirt tells mechanisms from one another by case.</summary>
    [Theory]
    [InlineData("sasl", "both")]
    [InlineData("SASL", "both")]
    [InlineData("sasl.SCRAM-SHA-512", "both")]
    [InlineData("sasl.SCRAM-SHA-256", "both")]
    [InlineData("Sasl.SCRAM-SHA-1", "both")]
    [InlineData("sasl.PLAIN", "both")]
    [InlineData("sasl.scram-sha-256", "the runtime")]
    [InlineData("sasl.GSSAPI", "nobody")]
    [InlineData("sasl.SCRAM-SHA-384", "nobody")]
    [InlineData("saslx", "nobody")]
    [InlineData("polkit", "nobody")]
    [InlineData("none", "nobody")]
    [InlineData("kerberos", "nobody")]
    [InlineData("1", "nobody")]
    public async Task A_way_to_authenticate_is_taken_where_the_daemon_asks_for_one(string auth, string whoGetsIn)
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(
            file, $"[credentials-lab]\nauthname={DoorsFixture.User}\npassword={DoorsFixture.Password}\n[auth-libvirt-localhost]\ncredentials=lab\n");

        Assert.Equal(whoGetsIn, await BesideVirsh.WhoGetsInAsync($"{doors.Uri("sasl by unix")}&authfile={file}&auth={auth}"));
    }

    /// <summary>A daemon that asks for nothing; libvirt has no word for that, and the runtime has.</summary>
    [Theory]
    [InlineData("none", "the runtime")]
    [InlineData("sasl", "nobody")]
    [InlineData("sasl.PLAIN", "nobody")]
    [InlineData("polkit", "nobody")]
    [InlineData("kerberos", "nobody")]
    public async Task A_way_to_authenticate_is_refused_where_the_daemon_asks_for_none(string auth, string whoGetsIn) =>
        Assert.Equal(whoGetsIn, await BesideVirsh.WhoGetsInAsync($"{doors.Uri("unix")}&auth={auth}"));

    /// <summary>What the daemon is asked to open, and whether it has the test driver's domain.</summary>
    [Theory]
    [InlineData("remote+unix:///?name=test:///default&socket={socket}", "test")]
    [InlineData("remote+unix:///nothing?NAME=test:///default&socket={socket}", "test")]
    [InlineData("qemu+unix:///session?socket={socket}&name=test%3A%2F%2F%2Fdefault", "test")]
    [InlineData("qemu+unix:///session?name=nosuch:///;name=test:///default;socket={socket}", "test")]
    [InlineData("test+unix:///default?socket={socket}&name=qemu:///session", "")]
    [InlineData("test+unix:///default?socket={socket}&name=", "")]
    [InlineData("test+unix:///default?socket={socket}&name", "")]
    [InlineData("remote+unix:///?socket={socket}", "")]
    [InlineData("test+unix:///default?=ignored&&socket={socket}", "test")]
    [InlineData("test+tcp://127.0.0.1:{port}/default?name=qemu:///session", "")]
    [InlineData("qemu+tcp://127.0.0.1:{port}/session?name=test:///default", "test")]
    public async Task The_name_is_what_the_daemon_opens(string uri, string domain)
    {
        uri = uri.Replace("{socket}", doors.Daemon.SocketPath, StringComparison.Ordinal).Replace("{port}", $"{doors.Daemon.TcpPort}", StringComparison.Ordinal);
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(uri, new HypervisorOptions { Reconnect = false });

        string ours = string.Join('\n', (await hypervisor.ListAllDomainsAsync()).Select(each => each.Name));
        string theirs = (await Virsh.On(uri).RunAsync("list", "--all", "--name")).Trim();

        Assert.Equal((domain, domain), (ours, theirs));
    }

    [Theory]
    [InlineData("nosuch:///")]
    [InlineData("test:///no/such/file.xml")]
    [InlineData("qemu:///nowhere")]
    public async Task A_name_that_the_daemon_does_not_know_is_refused_in_its_own_words(string name)
    {
        string uri = $"{doors.Uri("unix")}&name={name}";

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(async () => await Hypervisor.ConnectAsync(uri));
        CommandResult virsh = await Virsh.On(uri).TryAsync("uri");

        Assert.Equal(ConnectFailure.DaemonRefused, error.Reason);
        Assert.Contains(Assert.IsType<LibvirtRemoteException>(error.InnerException).Message, virsh.Error, StringComparison.Ordinal);
    }

    /// <summary>virsh takes no URI with characters in it that should be escaped.</summary>
    [Theory]
    [InlineData("a name", "the runtime")]
    [InlineData("a%20name", "both")]
    [InlineData("a;name&mode=legacy", "both")]
    [InlineData("a%26name%3D", "both")]
    [InlineData("%C3%A9", "both")]
    [InlineData("\u00e9", "the runtime")]
    [InlineData("nothing", "nobody")]
    [InlineData("file", "nobody")]
    [InlineData("", "nobody")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "nobody")]
    public async Task The_socket_is_the_one_that_is_named(string name, string whoGetsIn)
    {
        string directory = Scratch.NewDirectory("sockets");
        await File.WriteAllTextAsync(Path.Combine(directory, "file"), "");
        foreach (string there in (string[])["a name", "a;name", "a&name=", "\u00e9"])
            File.CreateSymbolicLink(Path.Combine(directory, there), doors.Daemon.SocketPath);

        Assert.Equal(whoGetsIn, await BesideVirsh.WhoGetsInAsync($"test+unix:///default?socket={directory}/{name}"));
    }
}
