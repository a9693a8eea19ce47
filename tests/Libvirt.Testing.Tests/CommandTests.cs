using System.ComponentModel;
using System.Globalization;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task Result_has_the_exit_code_and_what_was_printed()
    {
        CommandResult result = await Command.RunAsync("sh", ["-c", "echo \"out $1\"; echo err >&2; exit 3", "sh", "a  'b' \"c\""]);
        Assert.Equal((3, "out a  'b' \"c\"\n", "err\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Contains("exit 3", Assert.Throws<CommandFailedException>(() => result.EnsureSuccess()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_is_passed_and_closed()
    {
        string input = string.Concat(Enumerable.Repeat("é漢😀\n", 100_000));
        Assert.Equal(input, (await Command.RunAsync("cat", [], input)).Output);
    }

    [Fact]
    public async Task Program_that_does_not_read_its_input_is_no_error() =>
        Assert.Equal(0, (await Command.RunAsync("true", [], new string('x', 1_000_000))).ExitCode);

    [Fact]
    public async Task Variables_are_set_and_taken_away()
    {
        Dictionary<string, string?> variables = new() { ["LIBVIRT_TESTING_SET"] = "a b", ["HOME"] = null };
        CommandResult result = await Command.RunAsync("sh", ["-c", "echo \"$LIBVIRT_TESTING_SET,${HOME-unset}\""], environment: variables);
        Assert.Equal("a b,unset\n", result.Output);
    }

    [Fact]
    public async Task Program_past_its_limit_is_killed_with_its_children_and_its_output_is_reported()
    {
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Command.RunAsync("sh", ["-c", "sleep 600 & echo $!; wait"], limit: TimeSpan.FromSeconds(1)));
        int child = int.Parse(failure.Message.Split('\n').First(line => int.TryParse(line, out _)), CultureInfo.InvariantCulture);
        await Eventually.IsTrueAsync(() => !IsRunning(child), whileWaiting: () => $"process {child} still runs");
    }

    [Fact]
    public async Task Cancellation_kills_the_program()
    {
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Command.RunAsync("sleep", ["600"], cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task Program_that_does_not_exist_is_an_error_of_the_operating_system() =>
        await Assert.ThrowsAsync<Win32Exception>(() => Command.RunAsync("no-such-program", []));

    // A killed process whose parent has not read its exit code yet remains as a zombie.
    private static bool IsRunning(int process)
    {
        string status = $"/proc/{process}/status";
        return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
    }
}
