using Libvirt.Authentication;
using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Tests.Authentication;

public sealed class AuthenticationChoiceTests
{
    private static readonly Endpoint Daemon = new UnixEndpoint("/run/libvirt/libvirt-sock");

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    public void A_daemon_that_offers_nothing_is_used_without_authentication_unless_the_uri_requires_one(string? asked) =>
        Assert.Equal(RemoteAuthType.None, AuthenticationChoice.Choose([], asked, Daemon));

    [Theory]
    [InlineData("sasl")]
    [InlineData("sasl.GSSAPI")]
    [InlineData("polkit")]
    public void A_daemon_that_offers_nothing_does_not_meet_what_the_uri_requires(string asked)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => AuthenticationChoice.Choose([], asked, Daemon));

        Assert.Equal(ConnectFailure.AuthenticationUnsupported, error.Reason);
        Assert.Contains($"auth={asked}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_daemon_that_offers_none_does_not_meet_what_the_uri_requires() =>
        Assert.Throws<LibvirtConnectException>(() => AuthenticationChoice.Choose([RemoteAuthType.None], "sasl", Daemon));
}
