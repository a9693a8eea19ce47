using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>virtactl console on a terminal, on a real guest with a shell.</summary>
public sealed class ConsoleCommandTests : IAsyncLifetime
{
    private readonly string _before = Scratch.NewPath("before");
    private readonly string _after = Scratch.NewPath("after");
    private LibvirtDaemon _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        await _daemon.CreateGuestAsync(new GuestDefinition { Name = "guest" });
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Keys_go_in_answers_come_out_and_the_terminal_is_as_it_was_after_each_end()
    {
        await using (GuestConsole first = Attach())
        {
            await first.SeesAsync("Escape character is ^]");
            await first.WhenReadyAsync(TimeSpan.FromMinutes(3));
            await first.TypeAsync("echo $((6 * 7)) is the answer");
            await first.SeesAsync("42 is the answer");

            await SignalAsync("WINCH");
            // Ctrl+C is the guest's, and ends nothing here.
            await first.PressAsync("\u0003");
            await first.TypeAsync("echo still $((40 + 3)) here");
            await first.SeesAsync("still 43 here");

            await first.PressAsync("\u001d");
            await first.SeesAsync("ended with 0");
            await RestoredAsync(first);
        }

        await using GuestConsole second = Attach();
        await second.WhenReadyAsync();
        await using (GuestConsole rival = Attach())
        {
            await rival.SeesAsync("ended with 1");
            Assert.Contains("Active console session exists", rival.Seen, StringComparison.Ordinal);
        }

        // Whoever loses the console stands still meanwhile: libvirtd 9.0 now and then dies of taking one away while the connection that had it ends.
        int holder = await ProcessAsync();
        await SignalAsync("STOP", holder);
        await using GuestConsole third = Attach("--force");
        await third.SeesAsync("Escape character");
        await SignalAsync("CONT", holder);
        await second.SeesAsync("ended with");
        await RestoredAsync(second);

        await third.WhenReadyAsync();
        await SignalAsync("TERM");
        await third.SeesAsync("ended with 143");
        await RestoredAsync(third);

        await using GuestConsole fourth = Attach();
        await fourth.WhenReadyAsync();
        await Virsh.On(_daemon.SessionUri).RunAsync("destroy", "guest");
        await fourth.SeesAsync("ended with");
        await RestoredAsync(fourth);
    }

    [Fact]
    public async Task The_terminal_is_as_it_was_when_the_daemon_is_killed()
    {
        await using GuestConsole console = Attach();
        await console.SeesAsync("Escape character is ^]");
        await console.WhenReadyAsync(TimeSpan.FromMinutes(3));

        await _daemon.KillAsync();

        await console.SeesAsync("ended with 3");
        await RestoredAsync(console);
    }

    [Fact]
    public async Task Without_a_terminal_there_is_no_console()
    {
        CommandResult result = await Virtactl.On(_daemon.SessionUri).TryAsync("console", "guest");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("terminal", result.Error, StringComparison.Ordinal);
    }

    private GuestConsole Attach(string option = "")
    {
        File.Delete(_after);
        return GuestConsole.Run(
            ["sh", "-c", $"stty -g >{_before}; {Virtactl.Program} -c \"{_daemon.SessionUri}\" console guest {option}; code=$?; stty -g >{_after}; echo ended with $code"]);
    }

    private async Task RestoredAsync(GuestConsole console)
    {
        await console.EndsAsync();
        Assert.Equal(await File.ReadAllTextAsync(_before), await File.ReadAllTextAsync(_after));
    }

    private async Task SignalAsync(string signal) => await SignalAsync(signal, await ProcessAsync());

    private static async Task SignalAsync(string signal, int process) => (await Command.RunAsync("kill", [$"-{signal}", $"{process}"])).EnsureSuccess();

    /// <summary>The virtactl that is on the console now.</summary>
    private Task<int> ProcessAsync() => Eventually.GetAsync(
        () => Task.FromResult(Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)).LastOrDefault(IsOurs)),
        id => id > 0);

    private bool IsOurs(int id)
    {
        try
        {
            string[] words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words.Contains("console") && words.Contains(_daemon.SessionUri) && !words.Contains("sh");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
