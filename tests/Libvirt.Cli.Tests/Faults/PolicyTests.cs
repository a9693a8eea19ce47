using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class PolicyTests
{
    [Fact]
    public async Task Polkit_decides_who_may_connect_to_a_daemon_that_asks_it()
    {
        string? obstacle = await PolicyKit.ObstacleAsync();
        Assert.SkipUnless(obstacle is null, obstacle ?? "");
        await using PolicyKit policyKit = await PolicyKit.StartAsync();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(
            new LibvirtDaemonOptions { AuthUnix = "polkit", Environment = policyKit.Environment });
        daemon.OpenToEveryUser();
        Virtactl virtactl = Virtactl.On(daemon.TestUri);

        CommandResult asRoot = await virtactl.TryAsync("domstate", "test");
        CommandResult asAllowed = await virtactl.As(PolicyKit.AllowedUser).TryAsync("domstate", "test");
        CommandResult asUnknown = await virtactl.As(PolicyKit.UnknownUser).TryAsync("domstate", "test");
        CommandResult asForbidden = await virtactl.As(PolicyKit.ForbiddenUser).TryAsync("domstate", "test");

        Assert.Equal("running", asRoot.EnsureSuccess().Output.Trim());
        Assert.Equal("running", asAllowed.EnsureSuccess().Output.Trim());
        AssertRefused(asUnknown, daemon, "no polkit agent available");
        AssertRefused(asForbidden, daemon, "access denied by policy");
    }

    private static void AssertRefused(CommandResult result, LibvirtDaemon daemon, string reason)
    {
        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith($"error: the socket {daemon.SocketPath} refused the authentication: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }
}
