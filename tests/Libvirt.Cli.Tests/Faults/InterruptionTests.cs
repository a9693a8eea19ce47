using System.Diagnostics;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A daemon that freezes or dies, a user who has had enough, a reader who has gone: each ends in its own exit code.</summary>
public sealed class InterruptionTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_frozen_daemon_is_a_timeout_when_a_timeout_was_given()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        daemon.Freeze();

        CommandResult result = await Virtactl.On(daemon.TestUri).TryAsync("--timeout", "0.5", "list");

        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_a_waiting_command_at_once(string signal, int exitCode)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        daemon.Freeze();

        (int code, string error) = await WhileWaitingAsync(daemon, process => Command.RunAsync("kill", [$"-{signal}", $"{process.Id}"]));

        Assert.Equal(exitCode, code);
        Assert.DoesNotContain("error: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_a_command_that_waits_for_its_input()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        // The shell goes on once the command has opened the other end of the pipe, and keeps its own open without a word.
        string script = $"""
            pipe=$(mktemp -u) && mkfifo "$pipe" || exit 99
            '{Virtactl.Program}' -c '{daemon.TestUri}' define "$pipe" & command=$!
            exec 9>"$pipe"
            rm "$pipe"
            kill -TERM $command
            wait $command
            """;

        CommandResult result = await Command.RunAsync("bash", ["-c", script], environment: Virsh.ClientEnvironment, cancellationToken: Cancellation);

        Assert.Equal(143, result.ExitCode);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_command_that_was_started_with_interrupts_ignored_goes_on_ignoring_them()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        await using FollowedCommand events = FollowedCommand.StartInBackground(daemon.TestUri, "event", "--event", "lifecycle", "--loop");
        Virsh virsh = Virsh.On(daemon.TestUri);
        await events.SeesAsync("Suspended", async () =>
        {
            await virsh.TryAsync("suspend", "test");
            await virsh.TryAsync("resume", "test");
        });

        await events.SignalAsync("INT");
        await virsh.RunAsync("destroy", "test");

        await events.SeesAsync("Stopped");
        await events.SignalAsync("TERM");
        Assert.Equal(143, await events.EndsAsync());
    }

    [Fact]
    public async Task A_daemon_that_dies_under_a_command_is_no_connection()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        daemon.Freeze();

        (int code, string error) = await WhileWaitingAsync(daemon, _ => daemon.KillAsync());

        Assert.Equal(3, code);
        Assert.Contains("error: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_timeout()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        RecordingProxy proxy = daemon.OpenProxy();
        FaultRule rule = proxy.ToClient.When(IsNodeInfoReply, rule => rule.Drop());

        CommandResult result = await Virtactl.On(proxy.Uri("test", "/default")).TryAsync("nodeinfo", "--timeout", "5");

        Assert.Equal(4, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal(1, rule.Hits);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_mid_call_is_no_connection()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        RecordingProxy proxy = daemon.OpenProxy();
        FaultRule rule = proxy.ToClient.When(IsNodeInfoReply, rule => rule.TruncateAndClose(40));

        CommandResult result = await Virtactl.On(proxy.Uri("test", "/default")).TryAsync("nodeinfo");

        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal(1, rule.Hits);
    }

    [Fact]
    public async Task An_answer_that_breaks_the_protocol_is_no_connection_and_no_stack_trace()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        RecordingProxy proxy = daemon.OpenProxy();
        // Four bytes too many behind the last field; the length word counts them.
        proxy.ToClient.When(IsNodeInfoReply, rule => rule.Rewrite(bytes => [0, 0, 0, (byte)(bytes.Length + 4), .. bytes[4..], 0, 0, 0, 0]));

        foreach (string[] command in (string[][])[["nodeinfo"], ["call", "node_get_info"]])
        {
            CommandResult result = await Virtactl.On(proxy.Uri("test", "/default")).TryAsync(command);

            Assert.Equal(3, result.ExitCode);
            Assert.Empty(result.Output);
            Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        }
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task A_reader_that_goes_away_is_no_error(string format)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string script = $"'{Virtactl.Program}' -c '{daemon.SessionUri}' -o {format} capabilities | head -n 1; echo ${{PIPESTATUS[0]}}";

        CommandResult result = await Command.RunAsync("bash", ["-c", script], environment: Virsh.ClientEnvironment, cancellationToken: Cancellation);

        Assert.Empty(result.Error);
        Assert.EndsWith("\n0\n", result.Output, StringComparison.Ordinal);
    }

    private static bool IsNodeInfoReply(RpcFrame frame) =>
        frame.Program == RemoteProcedures.Program && frame.Procedure == RemoteProcedures.NodeGetInfo.Number && frame.Type == RpcType.Reply;

    /// <summary>Starts a command on a frozen daemon, and does something to it once it waits there.</summary>
    private static async Task<(int ExitCode, string Error)> WhileWaitingAsync(LibvirtDaemon daemon, Func<Process, Task> act)
    {
        ProcessStartInfo info = Virtactl.Start(["-c", daemon.TestUri, "--verbose", "list"]);
        info.RedirectStandardError = info.RedirectStandardOutput = true;
        using Process process = Process.Start(info)!;
        // The log's first line is written when the signals are being looked after and the socket is about to be opened.
        string first = await process.StandardError.ReadLineAsync(Cancellation) ?? "";
        await act(process);
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bound.CancelAfter(Bound);
        string rest = await process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, first + rest);
    }
}
