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
    public void A_password_in_a_uri_is_refused_and_not_repeated(string uri)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => LibvirtUri.Parse(uri));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
