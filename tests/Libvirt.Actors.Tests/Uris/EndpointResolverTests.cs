using Libvirt.Transports;

namespace Libvirt.Tests.Uris;

public sealed class EndpointResolverTests
{
    [Theory]
    [InlineData("qemu:///system", false, "/run/libvirt/libvirt-sock")]
    [InlineData("qemu:///system", true, "/run/libvirt/libvirt-sock-ro")]
    [InlineData("qemu:///session", false, "/run/user/7/libvirt/libvirt-sock")]
    [InlineData("qemu:///session", true, "/run/user/7/libvirt/libvirt-sock")]
    [InlineData("test:///default", false, "/run/user/7/libvirt/libvirt-sock")]
    [InlineData("lxc:///", false, "/run/libvirt/libvirt-sock")]
    [InlineData("qemu:///system?mode=direct", false, "/run/libvirt/virtqemud-sock")]
    [InlineData("nodedev:///system?mode=direct", false, "/run/libvirt/virtnodedevd-sock")]
    [InlineData("qemu:///system?socket=/elsewhere", false, "/elsewhere")]
    public void A_user_is_led_to_the_usual_sockets(string uri, bool readOnly, string path)
    {
        EndpointResolver resolver = new(name => name == "XDG_RUNTIME_DIR" ? "/run/user/7" : null, _ => false, isRoot: false);

        Assert.Equal(new UnixEndpoint(path), resolver.Resolve(LibvirtUri.Parse(uri), readOnly));
    }

    [Fact]
    public void Root_is_led_to_the_system_daemon_whatever_the_uri_says()
    {
        EndpointResolver resolver = new(name => name == "HOME" ? "/root" : null, _ => false, isRoot: true);

        Assert.Equal(new UnixEndpoint("/run/libvirt/libvirt-sock"), resolver.Resolve(LibvirtUri.Parse("test:///default"), readOnly: false));
        Assert.Equal(new UnixEndpoint("/run/libvirt/libvirt-sock"), resolver.Resolve(LibvirtUri.Parse("qemu:///session"), readOnly: false));
        Assert.Equal(new UnixEndpoint("/run/libvirt/libvirt-sock-ro"), resolver.Resolve(LibvirtUri.Parse("qemu:///session"), readOnly: true));
    }

    [Fact]
    public void The_drivers_own_daemon_is_preferred_where_its_socket_exists()
    {
        EndpointResolver resolver = new(_ => null, path => path == "/run/libvirt/virtqemud-sock", isRoot: true);

        Assert.Equal(new UnixEndpoint("/run/libvirt/virtqemud-sock"), resolver.Resolve(LibvirtUri.Parse("qemu:///system"), readOnly: false));
        Assert.Equal(new UnixEndpoint("/run/libvirt/libvirt-sock"), resolver.Resolve(LibvirtUri.Parse("qemu:///system?mode=legacy"), readOnly: false));
        Assert.Equal(new UnixEndpoint("/run/libvirt/libvirt-sock"), resolver.Resolve(LibvirtUri.Parse("lxc:///system"), readOnly: false));
    }

    [Fact]
    public void A_driver_without_a_daemon_of_its_own_cannot_be_reached_directly()
    {
        EndpointResolver resolver = new(_ => null, _ => true, isRoot: true);

        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(
            () => resolver.Resolve(LibvirtUri.Parse("test:///default?mode=direct"), readOnly: false));
        Assert.Contains("test", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tcp_has_libvirts_port_unless_the_uri_names_one()
    {
        Assert.Equal(new TcpEndpoint("h", 16509), EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu+tcp://h/system"), readOnly: false));
        Assert.Equal(new TcpEndpoint("localhost", 16509), EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu+tcp:///system"), readOnly: false));
    }
}
