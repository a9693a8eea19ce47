using Libvirt.Transports;

namespace Libvirt.Tests.Uris;

/// <summary>Which endpoint a URI leads to, where it is no plain socket.</summary>
public sealed class DoorTests
{
    private const string Machine = "/etc/pki/CA/cacert.pem /etc/pki/CA/cacrl.pem /etc/pki/libvirt/clientcert.pem /etc/pki/libvirt/private/clientkey.pem";

    [Theory]
    [InlineData("", "/run/libvirt/libvirt-sock")]
    [InlineData("/run/libvirt/virtlxcd-sock", "/run/libvirt/virtlxcd-sock")]
    [InlineData("/run/libvirt/virtlxcd-sock /run/libvirt/virtqemud-sock", "/run/libvirt/virtqemud-sock")]
    [InlineData("/run/libvirt/libvirt-sock /run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock")]
    public void Where_the_daemon_shall_choose_the_monolithic_one_comes_first(string existing, string path)
    {
        string[] files = existing.Split(' ');
        EndpointResolver resolver = new(_ => null, files.Contains, isRoot: true);

        Assert.Equal(new UnixEndpoint(path), resolver.Resolve(LibvirtUri.Parse("remote:///"), readOnly: false));
    }

    [Theory]
    [InlineData(true, "/home/ann/.pki/libvirt/cacert.pem", Machine)]
    [InlineData(false, "", Machine)]
    [InlineData(false, "/home/ann/.pki/libvirt/cacert.pem", "/home/ann/.pki/libvirt/cacert.pem /etc/pki/CA/cacrl.pem /etc/pki/libvirt/clientcert.pem /etc/pki/libvirt/private/clientkey.pem")]
    [InlineData(false, "/home/ann/.pki/libvirt/clientcert.pem", Machine)]
    [InlineData(false, "/home/ann/.pki/libvirt/clientcert.pem /home/ann/.pki/libvirt/clientkey.pem", "/etc/pki/CA/cacert.pem /etc/pki/CA/cacrl.pem /home/ann/.pki/libvirt/clientcert.pem /home/ann/.pki/libvirt/clientkey.pem")]
    public void A_users_own_certificates_come_before_the_machines(bool isRoot, string existing, string expected)
    {
        string[] files = existing.Split(' ');
        EndpointResolver resolver = new(name => name == "HOME" ? "/home/ann" : null, files.Contains, isRoot);

        TlsEndpoint tls = Assert.IsType<TlsEndpoint>(resolver.Resolve(LibvirtUri.Parse("qemu+tls://hv1/system"), readOnly: false));

        Assert.Equal(expected, $"{tls.Pki.Authorities} {tls.Pki.Revocations} {tls.Pki.Certificate} {tls.Pki.Key}");
        Assert.Equal(("hv1", 16514, true, true), (tls.Host, tls.Port, tls.Verify, tls.CheckOwn));
    }

    [Fact]
    public void A_directory_of_certificates_in_the_uri_holds_all_of_them()
    {
        TlsEndpoint tls = Assert.IsType<TlsEndpoint>(
            EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu+tls://hv1:1/system?pkipath=/p&no_verify=1&no_sanity=1"), readOnly: false));

        Assert.Equal(new PkiFiles("/p/cacert.pem", "/p/cacrl.pem", "/p/clientcert.pem", "/p/clientkey.pem"), tls.Pki);
        Assert.Equal((1, false, false), (tls.Port, tls.Verify, tls.CheckOwn));
    }

    [Fact]
    public void Ext_runs_its_command_as_it_is()
    {
        ProcessEndpoint process = Assert.IsType<ProcessEndpoint>(
            EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu+ext://hv1/system?command=/opt/tunnel"), readOnly: false));

        Assert.Equal("/opt/tunnel", process.Program);
        Assert.Empty(process.Arguments);
        Assert.False(process.IsSecure);
    }

    [Fact]
    public void The_options_reach_the_endpoint()
    {
        HypervisorOptions options = new() { FileDescriptors = true, ConnectTimeout = TimeSpan.FromSeconds(7.5) };

        UnixEndpoint unix = Assert.IsType<UnixEndpoint>(EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu:///system"), options));
        ProcessEndpoint ssh = Assert.IsType<ProcessEndpoint>(EndpointResolver.System.Resolve(LibvirtUri.Parse("qemu+ssh://h/system"), options));

        Assert.True(unix.PassesDescriptors);
        Assert.Contains("ConnectTimeout=9", ssh.Arguments);
    }
}
