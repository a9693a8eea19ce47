using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A name with addresses of both families, behind one of which nobody listens: beside virsh, with a hosts file that both alone see.</summary>
public sealed class ResolvedNameTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_name_leads_to_the_address_that_listens(string listens)
    {
        Assert.SkipUnless(Ports.HasIPv6, "This machine has no loopback by IPv6.");
        string hosts = Scratch.NewPath("hosts");
        await File.WriteAllTextAsync(hosts, "::1 both.test\n127.0.0.1 both.test\n");
        CommandResult probe = await RunAsync(hosts, "true");
        Assert.SkipUnless(probe.ExitCode == 0, $"A hosts file of one's own needs a mount namespace: {probe.Error}");
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(
            new LibvirtDaemonOptions { ListenTcp = true, Settings = new Dictionary<string, string> { ["listen_addr"] = $"\"{listens}\"" } });
        string uri = $"test+tcp://both.test:{daemon.TcpPort}/default";

        CommandResult ours = await RunAsync(hosts, Virtactl.Program, "-c", uri, "hostname");
        CommandResult theirs = await RunAsync(hosts, [.. Virsh.On(uri).CommandLine("hostname")]);
        CommandResult unknown = await RunAsync(hosts, Virtactl.Program, "-c", $"test+tcp://neither.test:{daemon.TcpPort}/default", "hostname");

        Assert.Equal(theirs.EnsureSuccess().Output.Trim(), ours.EnsureSuccess().Output.Trim());
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains($"The host of neither.test:{daemon.TcpPort} is not known", unknown.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string hosts, params string[] command) => Command.RunAsync(
        "unshare", ["-m", "sh", "-c", $"mount --bind '{hosts}' /etc/hosts && exec \"$@\"", "sh", .. command], environment: Virsh.ClientEnvironment);
}
