using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class GlobalOptionTests(SharedDaemon shared)
{
    [Fact]
    public async Task Options_may_stand_before_and_after_the_command()
    {
        string uri = shared.Daemon.TestUri;

        string before = (await Virtactl.RunBareAsync("-c", uri, "-o", "json", "domstate", "test")).EnsureSuccess().Output;
        string after = (await Virtactl.RunBareAsync("domstate", "test", "--output=json", "--connect", uri)).EnsureSuccess().Output;

        Assert.Equal(before, after);
        Assert.Equal("running", (string?)JsonNode.Parse(after)!["state"]);
    }

    [Theory]
    [InlineData("LIBVIRT_DEFAULT_URI", "VIRSH_DEFAULT_CONNECT_URI")]
    [InlineData("VIRSH_DEFAULT_CONNECT_URI", null)]
    public async Task The_environment_names_the_default_uri(string first, string? second)
    {
        Dictionary<string, string?> environment = new(Virsh.ClientEnvironment) { [first] = shared.Daemon.TestUri };
        if (second is not null)
            environment[second] = "test+unix:///default?socket=/no/such/socket";

        CommandResult result = await Command.RunAsync(Virtactl.Program, ["uri"], environment: environment);

        Assert.Equal("test:///default\n", result.EnsureSuccess().Output);
    }

    [Fact]
    public async Task A_read_only_connection_reads_and_is_refused_everything_else()
    {
        await shared.TestDriver.RunAsync("--readonly", "list");

        CommandResult result = await shared.TestDriver.TryAsync("-r", "suspend", "test");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("(code 29 OperationDenied, domain ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_says_nothing_of_what_was_done()
    {
        // A daemon of its own: what is done to the shared one lasts as long as anybody else is connected.
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        string loud = await Virtactl.On(daemon.TestUri).RunAsync("suspend", "test");
        string quiet = await Virtactl.On(daemon.TestUri).RunAsync("suspend", "test", "--quiet");

        Assert.Equal("Domain 'test' is suspended\n", loud);
        Assert.Empty(quiet);
    }

    [Fact]
    public async Task The_log_goes_to_stderr_and_only_where_asked_for()
    {
        CommandResult silent = await shared.TestDriver.TryAsync("hostname");
        CommandResult verbose = await shared.TestDriver.TryAsync("hostname", "--verbose");

        Assert.Empty(silent.Error);
        Assert.Equal(silent.Output, verbose.Output);
        Assert.Contains(shared.Daemon.SocketPath, verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_there_is_no_colour()
    {
        string table = await shared.TestDriver.RunAsync("list");

        Assert.DoesNotContain('\u001b', table);
    }
}
