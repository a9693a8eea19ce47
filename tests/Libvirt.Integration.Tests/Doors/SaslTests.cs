using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>A daemon with a real database of users.</summary>
public sealed class SaslTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    [Theory]
    [InlineData("SCRAM-SHA-512")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("PLAIN")]
    public async Task Every_mechanism_gets_in_by_unix_and_by_tls(string mechanism)
    {
        foreach (string door in (string[])["sasl by unix", "sasl by tls"])
        {
            await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"{doors.Uri(door)}&auth=sasl.{mechanism}", doors.Options);

            Assert.IsType<HypervisorState.Ready>(hypervisor.State);
        }
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("PLAIN")]
    public async Task A_wrong_password_does_not_get_in(string mechanism)
    {
        HypervisorOptions options = doors.Options with { Credentials = new LibvirtCredentials(DoorsFixture.User, "not the password") };

        LibvirtConnectException error = await RefusedAsync($"{doors.Uri("sasl by unix")}&auth=sasl.{mechanism}", options);

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.DoesNotContain("not the password", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_come_from_the_file_that_the_uri_names()
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(
            file, $"[credentials-lab]\nauthname={DoorsFixture.User}\npassword={DoorsFixture.Password}\n[auth-libvirt-localhost]\ncredentials=lab\n");

        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            $"{doors.Uri("sasl by unix")}&authfile={file}", new HypervisorOptions { Reconnect = false });

        Assert.IsType<HypervisorState.Ready>(hypervisor.State);
    }

    [Fact]
    public async Task Without_credentials_the_error_says_where_to_put_them()
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(file, "");

        LibvirtConnectException error = await RefusedAsync($"{doors.Uri("sasl by unix")}&authfile={file}", new HypervisorOptions());

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("auth.conf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_plain_tcp_a_daemon_that_has_passwords_only_lets_nobody_in()
    {
        LibvirtConnectException error = await RefusedAsync(doors.SaslDaemon.TestTcpUri, doors.Options);

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
    }

    private static Task<LibvirtConnectException> RefusedAsync(string uri, HypervisorOptions options) =>
        Assert.ThrowsAsync<LibvirtConnectException>(async () => await Hypervisor.ConnectAsync(uri, options));
}
