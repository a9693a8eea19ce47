using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>What virtactl says with everything switched on, to the terminal and to a file: never the password, right or wrong.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Right = "pen,cil=1 right";
    private const string Wrong = "no/t+the pass=word%";

    private LibvirtDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync(await SaslUsers.WriteAsync(("fred", Right)));

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("PLAIN", "authname=fred\npassword=", Right, 0)]
    [InlineData("PLAIN", "authname=fred\npassword=", Wrong, 3)]
    [InlineData("SCRAM-SHA-1", "authname=fred\npassword=", Right, 0)]
    [InlineData("SCRAM-SHA-256", "authname=fred\npassword=", Wrong, 3)]
    [InlineData("SCRAM-SHA-512", "authname=fred\npassword=", Right, 0)]
    [InlineData("PLAIN", "authname=fred\n", "password without its sign", 3)]
    [InlineData("PLAIN", "password=", Wrong, 3)]
    public async Task A_password_of_a_file(string mechanism, string lines, string secret, int exitCode)
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(
            file, $"[auth-libvirt-localhost]\ncredentials=lab\n[credentials-lab]\n{lines}{secret}\n", TestContext.Current.CancellationToken);

        await TellsNothingAsync($"{_daemon.TestUri}&authfile={file}&auth=sasl.{mechanism}", secret, exitCode);
    }

    [Theory]
    [InlineData("test+tcp://fred:{0}@127.0.0.1/default", 3)]
    [InlineData("fred:{0}@127.0.0.1/default", 3)]
    [InlineData("test+smoke://127.0.0.1/default?password={0}", 3)]
    [InlineData("Server=127.0.0.1;User=fred;Password={0}", 3)]
    public Task A_password_in_a_uri(string uri, int exitCode) =>
        TellsNothingAsync(uri.Replace("{0}", "hunter2hunter2", StringComparison.Ordinal), "hunter2hunter2", exitCode);

    private static async Task TellsNothingAsync(string uri, string secret, int exitCode)
    {
        string directory = Scratch.NewDirectory("log");
        string log = Path.Combine(directory, "virtactl.log");
        string settings = Path.Combine(directory, "log.conf");
        await File.WriteAllTextAsync(
            settings,
            $$"""Serilog { MinimumLevel = Verbose, WriteTo = [{ Name = File, Args { path = "{{log}}", outputTemplate = "{Level} {Message} {Properties:j} {Exception}{NewLine}" } }] }""",
            TestContext.Current.CancellationToken);

        CommandResult console = await Virtactl.On(uri).TryAsync("hostname", "--verbose");
        CommandResult toFile = await Virtactl.On(uri).TryAsync("hostname", "--verbose", "--log-config", settings);

        Assert.Equal((exitCode, exitCode), (console.ExitCode, toFile.ExitCode));
        string logged = File.Exists(log) ? await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken) : "";
        Assert.Equal(uri.Contains("socket=", StringComparison.Ordinal), logged.Contains("SourceContext", StringComparison.Ordinal));
        string said = $"{console.Output}{console.Error}{toFile.Output}{toFile.Error}{logged}";
        Assert.DoesNotContain(Spellings.Of(secret), said.Contains);
    }
}
