using Libvirt.Authentication;
using Libvirt.Transports;

namespace Libvirt.Tests.Authentication;

public sealed class MechanismChoiceTests
{
    private static readonly HypervisorOptions Fred = new() { Credentials = new LibvirtCredentials("fred", "hunter2") };

    private static readonly Endpoint Verified = new TlsEndpoint("hv1", 16514, PkiFiles.In("/nowhere"), Verify: true, CheckOwn: false);
    private static readonly Endpoint Unverified = new TlsEndpoint("hv1", 16514, PkiFiles.In("/nowhere"), Verify: false, CheckOwn: false);
    private static readonly Endpoint UnverifiedSsh = new ProcessEndpoint("ssh", [], "hv1", IsSshTunnel: true) { VerifiesHostKey = false };

    public static TheoryData<string> NotVerified => ["tls", "ssh"];

    [Theory]
    [MemberData(nameof(NotVerified))]
    public async Task A_password_is_not_sent_to_a_host_that_is_not_verified(string transport)
    {
        Endpoint endpoint = transport == "tls" ? Unverified : UnverifiedSsh;

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => ChooseAsync(endpoint, "PLAIN"));

        Assert.Equal(ConnectFailure.AuthenticationUnsupported, error.Reason);
        Assert.Contains("Without verification of the host", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotVerified))]
    public async Task Scram_is_used_with_a_host_that_is_not_verified(string transport)
    {
        using ISaslMechanism mechanism = await ChooseAsync(transport == "tls" ? Unverified : UnverifiedSsh, "PLAIN", "SCRAM-SHA-256");

        Assert.Equal("SCRAM-SHA-256", mechanism.Name);
    }

    [Fact]
    public async Task Plain_is_used_with_a_host_that_is_verified()
    {
        using ISaslMechanism mechanism = await ChooseAsync(Verified, "PLAIN");

        Assert.Equal("PLAIN", mechanism.Name);
    }

    private static async Task<ISaslMechanism> ChooseAsync(Endpoint endpoint, params string[] offered)
    {
        LibvirtUri uri = LibvirtUri.Parse("test+tls://hv1/default");
        CredentialSource credentials = new(uri, endpoint, Fred, UserDirectories.System, TimeProvider.System);
        return await new MechanismChoice(endpoint, null, credentials).ChooseAsync(offered, TestContext.Current.CancellationToken);
    }
}
