using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>The log that a file configures.</summary>
public sealed class LogConfigTests(SharedDaemon shared)
{
    [Fact]
    public async Task It_goes_where_the_file_says()
    {
        string directory = Scratch.NewDirectory("log");
        string log = Path.Combine(directory, "virtactl.log");
        string settings = Path.Combine(directory, "log.conf");
        await File.WriteAllTextAsync(
            settings, $"Serilog {{ MinimumLevel = Debug, WriteTo = [{{ Name = File, Args.path = \"{log}\" }}] }}", TestContext.Current.CancellationToken);

        CommandResult result = await shared.TestDriver.TryAsync("hostname", "--log-config", settings);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains(shared.Daemon.SocketPath, await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "log.conf(1,1)")]
    [InlineData("logging = on", "no section Serilog")]
    [InlineData("Serilog.MinimumLevel = Loud", "Loud")]
    [InlineData("Serilog.WriteTo = [{ Name = Pigeon }]", "Unable to find a method called Pigeon")]
    public async Task What_is_wrong_in_the_file_is_said_and_nothing_is_sent(string text, string named)
    {
        string settings = Path.Combine(Scratch.NewDirectory("log"), "log.conf");
        await File.WriteAllTextAsync(settings, text + "\n", TestContext.Current.CancellationToken);

        CommandResult result = await Virtactl.RunBareAsync("list", "--log-config", settings);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }
}
