namespace Libvirt.Tests.Uris;

public sealed class UriParameterTests
{
    [Fact]
    public void Every_parameter_of_ssh_is_taken_in()
    {
        UriParameters parameters = LibvirtUri.Parse(
            "qemu+ssh://root@hv1:2222/system?name=qemu:///session&socket=/s&mode=legacy&command=/opt/ssh&netcat=ncat&keyfile=/k&known_hosts=/h"
            + "&known_hosts_verify=auto&sshauth=agent,privkey&proxy=netcat&no_tty=1&no_verify=1&auth=sasl.SCRAM-SHA-256&authfile=/a").Parameters;

        Assert.Equal("qemu:///session", parameters.Name);
        Assert.Equal("/s", parameters.Socket);
        Assert.Equal(DaemonMode.Legacy, parameters.Mode);
        Assert.Equal("/opt/ssh", parameters.Command);
        Assert.Equal("ncat", parameters.Netcat);
        Assert.Equal("/k", parameters.KeyFile);
        Assert.Equal("/h", parameters.KnownHosts);
        Assert.Equal(KnownHostsVerify.Auto, parameters.KnownHostsVerify);
        Assert.Equal(["agent", "privkey"], parameters.SshAuth);
        Assert.Equal(SshProxy.Netcat, parameters.Proxy);
        Assert.True(parameters.NoTty);
        Assert.True(parameters.NoVerify);
        Assert.Equal("sasl.SCRAM-SHA-256", parameters.Auth);
        Assert.Equal("/a", parameters.AuthFile);
    }

    [Fact]
    public void Every_parameter_of_tls_is_taken_in()
    {
        UriParameters parameters = LibvirtUri.Parse("qemu+tls://hv1/system?pkipath=/p&no_verify=0&No_Sanity=1").Parameters;

        Assert.Equal("/p", parameters.PkiPath);
        Assert.False(parameters.NoVerify);
        Assert.True(parameters.NoSanity);
    }

    /// <summary>libvirt ends a parameter at an ampersand, and only behind the last of them at a semicolon.</summary>
    [Theory]
    [InlineData("mode=legacy;socket=/s", "/s", DaemonMode.Legacy)]
    [InlineData("socket=/a;b&mode=legacy", "/a;b", DaemonMode.Legacy)]
    [InlineData("&&mode=legacy&;socket=/s;", "/s", DaemonMode.Legacy)]
    [InlineData("=lost&socket=/a=b&=&;=x", "/a=b", DaemonMode.Auto)]
    [InlineData("socket=/a%26b%3Bc", "/a&b;c", DaemonMode.Auto)]
    [InlineData("SOCKET=/a&socket=/b", "/b", DaemonMode.Auto)]
    [InlineData("", null, DaemonMode.Auto)]
    public void Parameters_are_parted_as_by_libvirt(string query, string? socket, DaemonMode mode)
    {
        LibvirtUri uri = LibvirtUri.Parse($"qemu:///system?{query}");

        Assert.Equal((socket, mode), (uri.Socket, uri.Mode));
    }

    [Theory]
    [InlineData("qemu:///system?name=", "")]
    [InlineData("qemu:///system?name", "")]
    [InlineData("qemu:///system?name=lxc:///", "lxc:///")]
    [InlineData("remote:///?name=test:///default", "test:///default")]
    public void An_empty_name_leaves_the_choice_to_the_daemon(string uri, string name) => Assert.Equal(name, LibvirtUri.Parse(uri).DriverName);

    [Theory]
    [InlineData("qemu+ssh://hv1/system", null)]
    [InlineData("qemu+libssh://hv1/system", "root")]
    [InlineData("qemu+LibSSH2://hv1/system", "root")]
    [InlineData("qemu+libssh://ann@hv1/system", "ann")]
    public void By_the_ssh_libraries_libvirt_logs_in_as_root(string uri, string? user) => Assert.Equal(user, LibvirtUri.Parse(uri).User);

    [Fact]
    public void An_unknown_parameter_is_refused_with_the_list_of_the_known_ones()
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => LibvirtUri.Parse("qemu+ssh://hv1/system?colour=blue"));

        foreach (string name in (string[])["name", "socket", "mode", "command", "netcat", "keyfile", "known_hosts", "known_hosts_verify", "sshauth",
            "proxy", "no_tty", "no_verify", "no_sanity", "pkipath", "tls_priority", "auth", "authfile"])
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qemu+tcp://root:hunter2@hv1/system")]
    [InlineData("qemu+tcp://root:hunter2@[::1/system")]
    [InlineData("qemu+tcp://root:hunter2@[::1]:x/system")]
    [InlineData("qemu+ssh://:hunter2@hv1/system")]
    [InlineData("qemu+smoke://root:hunter2@hv1/system")]
    [InlineData("qemu+tcp://root:hunter2@hv1/system?colour=blue")]
    [InlineData("qemu+tcp://root:hunter2@h v1/system")]
    [InlineData("qemu+tcp://root:hunter2/@hv1/system")]
    [InlineData("qemu+tcp://root:hunter2#@hv1/system")]
    [InlineData("q\u00e9mu://root:hunter2@hv1/system")]
    [InlineData("qemu+ssh://hv1/system?password=hunter2")]
    [InlineData("qemu+smoke://hv1/system?password=hunter2")]
    [InlineData("qemu+tcp+tls://hv1/system?password=hunter2")]
    [InlineData("qemu+unix://hv1/system?password=hunter2")]
    [InlineData("qemu+ssh://fred%3Ahunter2@hv1/system")]
    [InlineData("qemu+ssh://fred%3ahunter2@hv1/system")]
    [InlineData("qemu+tcp://root:hunter2?@hv1/system")]
    [InlineData("root:hunter2@hv1")]
    [InlineData("root:hunter2@hv1/system")]
    [InlineData("Server=hv1;User=root;Password=hunter2")]
    [InlineData("Server=tcp://hv1;User=root;Password=hunter2")]
    public void A_password_in_a_uri_is_refused_and_not_repeated(string uri)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => LibvirtUri.Parse(uri));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
