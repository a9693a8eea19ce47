using Libvirt.Simulator;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A daemon that asks for a name and a password, and a person at a terminal who has both.</summary>
public sealed class CredentialPromptTests : IAsyncLifetime
{
    private const string Password = "tell-nobody";

    private readonly string _before = Scratch.NewPath("before");
    private readonly string _after = Scratch.NewPath("after");
    private readonly string _nothing = Scratch.NewPath("auth.conf");
    private LibvirtDaemon _daemon = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_nothing, "", Cancellation);
        _daemon = await LibvirtDaemon.StartAsync(await SaslUsers.WriteAsync(("fred", Password)));
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("virtactl --verbose", "User name for localhost: ", "Password of fred for localhost: ")]
    public async Task Name_and_password_let_in_and_the_password_is_not_shown(string program, string name, string password)
    {
        await using GuestConsole terminal = Run(program, Uri, "nodeinfo");

        await terminal.SeesAsync(name);
        await terminal.TypeAsync("fred");
        await terminal.SeesAsync(password);
        await terminal.TypeAsync(Password);

        await EndsWithAsync(terminal, 0);
        Assert.Contains("i686", terminal.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, terminal.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("virtactl --verbose", "User name", "Password of fred", 3)]
    public async Task A_wrong_password_is_refused_by_the_daemon_and_nobody_is_asked_again(string program, string name, string password, int exitCode)
    {
        await using GuestConsole terminal = Run(program, Uri, "nodeinfo");

        await terminal.SeesAsync(name);
        await terminal.TypeAsync("fred");
        await terminal.SeesAsync(password);
        await terminal.TypeAsync("mistyped");

        await EndsWithAsync(terminal, exitCode);
        Assert.Contains("authentication failed", terminal.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("mistyped", terminal.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_uri_says_is_not_asked()
    {
        string ssh = Scratch.NewPath("ssh");
        await File.WriteAllTextAsync(ssh, $"#!/bin/sh\nexec nc -U '{_daemon.SocketPath}'\n", Cancellation);
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await using GuestConsole terminal = Run("virtactl", $"test+ssh://fred@localhost/default?command={ssh}&authfile={_nothing}", "nodeinfo");

        await terminal.SeesAsync("Password of fred for localhost: ");
        await terminal.TypeAsync(Password);

        await EndsWithAsync(terminal, 0);
        Assert.DoesNotContain("User name", terminal.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_for_what_a_file_holds()
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(file, $"[auth-libvirt-default]\ncredentials=a\n[credentials-a]\nauthname=fred\npassword={Password}\n", Cancellation);

        await using GuestConsole terminal = Run("virtactl", Uri.Replace(_nothing, file, StringComparison.Ordinal), "nodeinfo");

        await EndsWithAsync(terminal, 0);
        Assert.DoesNotContain("Password", terminal.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0003", 130)]
    [InlineData("\u0004", 3)]
    public async Task Who_will_not_say_the_password_ends_the_command(string key, int exitCode)
    {
        await using GuestConsole terminal = Run("virtactl", Uri, "nodeinfo");
        await terminal.SeesAsync("User name");
        await terminal.TypeAsync("fred");
        await terminal.SeesAsync("Password");

        await terminal.PressAsync(key);

        await EndsWithAsync(terminal, exitCode);
        Assert.Equal(exitCode == 3, terminal.Seen.Contains("no password was given", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\u0003", 130)]
    [InlineData("\u0004", 3)]
    [InlineData("\n", 3)]
    public async Task Who_will_not_say_the_name_ends_the_command(string key, int exitCode)
    {
        await using GuestConsole terminal = Run("virtactl", Uri, "nodeinfo");
        await terminal.SeesAsync("User name");

        await terminal.PressAsync(key);

        await EndsWithAsync(terminal, exitCode);
        Assert.Equal(exitCode == 3, terminal.Seen.Contains("no user name was given", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_gives_the_shell_its_terminal_and_the_password_stays_hidden_after_it()
    {
        await using GuestConsole shell = GuestConsole.Run(["bash", "--norc", "-i"]);
        string device = Scratch.NewPath("tty");
        await shell.TypeAsync($"tty >{device}; {Virtactl.Program} -c '{Uri}' nodeinfo");
        await shell.SeesAsync("User name");
        await shell.TypeAsync("fred");
        await shell.SeesAsync("Password");

        await shell.PressAsync("\u001a");
        await shell.SeesAsync("Stopped");
        await shell.TypeAsync("stty -a; fg && echo went on");
        await shell.SeesAsync(" echo echoe");
        // Lines, and no echo: the shell's own prompt reads key by key.
        await Eventually.GetAsync(
            () => Command.RunAsync("stty", ["-a", "-F", File.ReadAllText(device).Trim()]),
            settings => settings.Output.Contains(" icanon", StringComparison.Ordinal) && settings.Output.Contains("-echo ", StringComparison.Ordinal));
        await shell.TypeAsync(Password);

        await shell.SeesAsync("i686");
        await shell.SeesAsync("\nwent on");
        Assert.DoesNotContain(Password, shell.Seen, StringComparison.Ordinal);
        await shell.TypeAsync("exit");
        await shell.EndsAsync();
    }

    [Fact]
    public async Task A_daemon_that_dies_while_the_password_is_typed_ends_the_command()
    {
        await using GuestConsole terminal = Run("virtactl", Uri, "nodeinfo");
        await terminal.SeesAsync("User name");
        await terminal.TypeAsync("fred");
        await terminal.SeesAsync("Password");

        await _daemon.KillAsync();

        await EndsWithAsync(terminal, 3);
    }

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked_and_the_error_says_where_credentials_can_be()
    {
        CommandResult result = await Virtactl.On(Uri).TryWithInputAsync($"fred\n{Password}\n", "nodeinfo");

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: the daemon on localhost asks for a user name and a password", result.Error, StringComparison.Ordinal);
        Assert.All(
            (string[])["[auth-libvirt-localhost]", "$LIBVIRT_AUTH_FILE", "authfile", "~/.config/libvirt/auth.conf", "/etc/libvirt/auth.conf"],
            place => Assert.Contains(place, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answer_serves_all_connections_of_a_command()
    {
        await using HypervisorSimulator simulator = new(new SimulatorOptions { Users = new Dictionary<string, string> { ["fred"] = Password } });
        simulator.AddHost("hv1").Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        string uri = $"{simulator.ListenUnix(Scratch.NewPath("sim.sock")).Uri()}&authfile={_nothing}";
        string picture = Scratch.NewPath("picture");

        // The picture comes over a connection of its own.
        await using GuestConsole terminal = Run("virtactl", uri, $"screenshot web {picture}");
        await terminal.SeesAsync("User name");
        await terminal.TypeAsync("fred");
        await terminal.SeesAsync("Password");
        await terminal.TypeAsync(Password);

        await EndsWithAsync(terminal, 0);
        Assert.True(new FileInfo(picture).Length > 0);
    }

    private string Uri => $"{_daemon.TestUri}&authfile={_nothing}";

    /// <summary>Runs a command on a terminal, and has the terminal's settings written down before and after it.</summary>
    private GuestConsole Run(string program, string uri, string command)
    {
        string path = program.Replace("virtactl", Virtactl.Program, StringComparison.Ordinal);
        return GuestConsole.Run(
            ["sh", "-c", $"trap : INT; stty -g >{_before}; {path} -c \"{uri}\" {command}; code=$?; stty -g >{_after}; echo ended with $code"]);
    }

    private async Task EndsWithAsync(GuestConsole terminal, int exitCode)
    {
        await terminal.SeesAsync($"ended with {exitCode}");
        await terminal.EndsAsync();
        Assert.Equal(await File.ReadAllTextAsync(_before, Cancellation), await File.ReadAllTextAsync(_after, Cancellation));
    }
}
