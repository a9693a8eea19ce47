namespace Libvirt.Tests.Uris;

public sealed class LibvirtUriTests
{
    [Theory]
    [InlineData("qemu:///system", UriTransport.Unix, null, null, "qemu:///system")]
    [InlineData("qemu+unix:///session", UriTransport.Unix, null, null, "qemu:///session")]
    [InlineData("test:///default", UriTransport.Unix, null, null, "test:///default")]
    [InlineData("qemu+tcp://hv1.example/system", UriTransport.Tcp, "hv1.example", null, "qemu:///system")]
    [InlineData("qemu+tcp://[::1]:1234/system", UriTransport.Tcp, "::1", 1234, "qemu:///system")]
    [InlineData("qemu+tcp://root@127.0.0.1:16509/system", UriTransport.Tcp, "127.0.0.1", 16509, "qemu:///system")]
    [InlineData("remote:///", UriTransport.Unix, null, null, "")]
    [InlineData("remote+tcp://h/?name=qemu:///system", UriTransport.Tcp, "h", null, "qemu:///system")]
    [InlineData("lxc:///", UriTransport.Unix, null, null, "lxc:///")]
    [InlineData("qemu://hv1/system", UriTransport.Tls, "hv1", null, "qemu:///system")]
    [InlineData("qemu+tls://hv1:16515/system?no_verify=1", UriTransport.Tls, "hv1", 16515, "qemu:///system")]
    [InlineData("qemu+tls://[2001:db8::7]/system", UriTransport.Tls, "2001:db8::7", null, "qemu:///system")]
    [InlineData("qemu+ssh://root@hv1/system", UriTransport.Ssh, "hv1", null, "qemu:///system")]
    [InlineData("qemu+libssh://hv1/session", UriTransport.Ssh, "hv1", null, "qemu:///session")]
    [InlineData("qemu+libssh2://hv1:2222/session", UriTransport.Ssh, "hv1", 2222, "qemu:///session")]
    [InlineData("qemu+ssh:///system", UriTransport.Ssh, null, null, "qemu:///system")]
    [InlineData("qemu+ext:///system?command=/usr/local/bin/tunnel", UriTransport.Ext, null, null, "qemu:///system")]
    [InlineData("remote+tls://h/", UriTransport.Tls, "h", null, "")]
    [InlineData("qemu+tcp://[::1]/system", UriTransport.Tcp, "::1", null, "qemu:///system")]
    [InlineData("qemu+tcp://[::1]:0/system", UriTransport.Tcp, "::1", null, "qemu:///system")]
    [InlineData("qemu+tcp://[::1]", UriTransport.Tcp, "::1", null, "qemu:///")]
    [InlineData("qemu+ssh://root@[fe80::1%25eth0]:22/system", UriTransport.Ssh, "fe80::1%eth0", 22, "qemu:///system")]
    [InlineData("qemu+tcp://[fe80::1%eth0]/system", UriTransport.Tcp, "fe80::1%eth0", null, "qemu:///system")]
    [InlineData("qemu+tcp://[fe80::1%252]/system", UriTransport.Tcp, "fe80::1%2", null, "qemu:///system")]
    [InlineData("qemu+tcp://[::ffff:192.0.2.1]/system", UriTransport.Tcp, "::ffff:192.0.2.1", null, "qemu:///system")]
    [InlineData("test+tcp://hv1:16509/a@b:c", UriTransport.Tcp, "hv1", 16509, "test:///a@b:c")]
    public void A_uri_is_taken_apart(string text, UriTransport transport, string? host, int? port, string driverName)
    {
        LibvirtUri uri = LibvirtUri.Parse(text);

        Assert.Equal((transport, host, port, driverName), (uri.Transport, uri.Host, uri.Port, uri.DriverName));
        Assert.Equal(text, uri.ToString());
    }

    [Fact]
    public void The_socket_parameter_is_kept_from_the_daemon()
    {
        LibvirtUri uri = LibvirtUri.Parse("test+unix:///default?socket=/tmp/a%20b/sock&mode=legacy");

        Assert.Equal(("/tmp/a b/sock", DaemonMode.Legacy, "test:///default"), (uri.Socket, uri.Mode, uri.DriverName));
    }

    [Theory]
    [InlineData("", "not a URI")]
    [InlineData("/var/run/libvirt/libvirt-sock", "not a URI")]
    [InlineData("qemu", "not a URI")]
    [InlineData("qemu+smoke:///system", "'smoke'")]
    [InlineData("qemu+tcp+tls://h/system", "driver+transport")]
    [InlineData("qemu+ext:///system", "command")]
    [InlineData("qemu+tls://h/system?tls_priority=NORMAL", "tls_priority")]
    [InlineData("qemu+tls://h/system?keyfile=/x", "keyfile belongs to ssh")]
    [InlineData("qemu+ssh://h/system?no_verify=yes", "1 or 0")]
    [InlineData("qemu+ssh://h/system?proxy=socks", "auto, native or netcat")]
    [InlineData("qemu+ssh://h/system?known_hosts_verify=perhaps", "normal, auto or ignore")]
    [InlineData("qemu+ssh://h/system?sshauth=agent,telepathy", "telepathy")]
    [InlineData("qemu+ssh://h/system?sshauth=,", "sshauth names no way")]
    [InlineData("qemu+ssh://h/system?socket=/a%00b", "socket")]
    [InlineData("qemu+unix://hv1/system", "hv1")]
    [InlineData("qemu+tcp://[::1/system", "not closed")]
    [InlineData("qemu+tcp://::1/system", "stands in brackets")]
    [InlineData("qemu+tcp://::1]/system", "stands in brackets")]
    [InlineData("qemu+tcp://fe80::1%25eth0:16509/system", "stands in brackets")]
    [InlineData("qemu+tcp://[::1]x/system", "behind the bracket")]
    [InlineData("qemu+tcp://[::1]16509/system", "behind the bracket")]
    [InlineData("qemu+tcp://[]/system", "'' is no IPv6 address")]
    [InlineData("qemu+tcp://[g::1]/system", "'g::1' is no IPv6 address")]
    [InlineData("qemu+tcp://[127.0.0.1]:16509/system", "'127.0.0.1' is no IPv6 address")]
    [InlineData("qemu+tcp://[hv1]/system", "'hv1' is no IPv6 address")]
    [InlineData("qemu+tcp://[[::1]]/system", "'[::1' is no IPv6 address")]
    [InlineData("qemu+tcp://[::1]:/system", "the port is not a number")]
    [InlineData("qemu+tcp://[::1]:99999/system", "the port is not a number")]
    [InlineData("qemu+tcp://hv1:-1/system", "the port is not a number")]
    [InlineData("qemu+tcp://hv1:ssh/system", "the port is not a number")]
    [InlineData("qemu+tcp://root@hv1: 22/system", "the port is not a number")]
    [InlineData(" qemu:///system", "not a URI")]
    [InlineData("test:default", "slash")]
    [InlineData("qemu:///system?colour=blue", "colour")]
    [InlineData("qemu:///system?mode=fast", "auto, direct or legacy")]
    [InlineData("qemu:///system?mode=1", "auto, direct or legacy")]
    [InlineData("qemu+tcp://h/system?socket=/x", "socket")]
    [InlineData("qemu:///system?socket=", "socket")]
    public void A_uri_that_cannot_be_served_says_which_part(string text, string part)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => LibvirtUri.Parse(text));

        Assert.Equal(ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.False(LibvirtUri.TryParse(text, out _));
    }
}
