using System.Text.Json.Nodes;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A daemon that sends text which would change the terminal, or forge a line.</summary>
public sealed class HostileTextTests : IAsyncDisposable
{
    // Sets the color of a terminal by the one-character form of ESC [, reverses the text, and begins a line of its own.
    private const string Name = "web\u009b31m\u202e\n 7    forged   running";
    private const string Escaped = @"web\u009b31m\u202e\n 7    forged   running";

    private readonly string _folder = Directory.CreateTempSubdirectory("hostile").FullName;
    private readonly HypervisorSimulator _simulator = new();
    private readonly SimulatedDomain _domain;
    private readonly string _uri;

    public HostileTextTests()
    {
        SimulatedHost host = _simulator.AddHost("hv1");
        _domain = host.Domains.Define(Name, memoryMiB: 512, vcpus: 1, running: true);
        _uri = _simulator.ListenUnix(Path.Combine(_folder, "sock")).Uri();
    }

    [Fact]
    public async Task A_table_has_one_line_for_a_domain_whatever_its_name()
    {
        string output = await Virtactl.On(_uri).RunAsync("list");

        Assert.Contains(Escaped, output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, character => character is '\u009b' or '\u202e');
        Assert.Equal(3, output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("dominfo")]
    [InlineData("domname")]
    [InlineData("suspend")]
    public async Task Fields_values_and_confirmations_are_escaped(string command)
    {
        string output = await Virtactl.On(_uri).RunAsync(command, _domain.Uuid.ToString());

        Assert.Contains(Escaped, output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, character => character is '\u009b' or '\u202e');
    }

    [Fact]
    public async Task Json_holds_the_name_itself_in_escaped_form()
    {
        string output = await Virtactl.On(_uri).RunAsync("list", "-o", "json");

        Assert.Equal(Name, (string?)JsonNode.Parse(output)![0]!["name"]);
        Assert.DoesNotContain(output, character => character is '\u009b' or '\u202e');
    }

    [Fact]
    public async Task Events_take_one_line_each()
    {
        await using FollowedCommand command = FollowedCommand.Start(_uri, "event", "--event", "lifecycle", "--loop");

        string line = await command.SeesAsync("lifecycle", () =>
        {
            _domain.Suspend();
            _domain.Resume();
            return Task.CompletedTask;
        });

        Assert.Contains(Escaped, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_of_an_error_is_escaped_and_shortened()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname)
            .Refuse(ErrorNumber.InternalError, "\u001b]0;owned\u0007\nerror: forged " + new string('x', 2_000_000));

        CommandResult result = await Virtactl.On(_uri).TryAsync("hostname");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(@"\u001b]0;owned\u0007\nerror: forged xxx", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.Length, 1024, 1400);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_log_record_has_one_line_whatever_the_daemon_says()
    {
        _simulator.Script.When(RemoteProcedures.ConnectOpen).Refuse(ErrorNumber.AuthFailed, "no\n12:00:00.000 INF forged\u001b[2J" + new string('x', 2_000_000));

        CommandResult result = await Virtactl.On(_uri).TryAsync("--log-level", "debug", "hostname");

        Assert.Contains(@"no\n12:00:00.000 INF forged\u001b[2J", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Error.Split('\n'), line => line.StartsWith("12:00:00.000 INF forged", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.InRange(result.Error.Length, 0, 20_000);
    }

    [Fact]
    public async Task Xml_that_the_user_asked_for_is_printed_as_it_is()
    {
        string output = await Virtactl.On(_uri).RunAsync("dumpxml", _domain.Uuid.ToString());

        Assert.Contains('\u202e', output);
        Assert.DoesNotContain(@"\u202e", output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
