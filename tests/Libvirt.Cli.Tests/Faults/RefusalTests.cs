using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class RefusalTests(SharedDaemon shared)
{
    [Theory]
    [InlineData("nosuchdomain")]
    [InlineData("4711")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public async Task A_domain_that_is_not_there_is_a_refusal_with_the_daemons_code(string word)
    {
        CommandResult result = await shared.TestDriver.TryAsync("dominfo", word);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Matches(@"^error: .+ \(code 42 NoDomain, domain 12 Test\)\n$", result.Error);
    }

    [Fact]
    public async Task Bad_xml_is_refused_with_the_daemons_own_text()
    {
        CommandResult result = await shared.TestDriver.TryWithInputAsync("<domain type='test'/>", "define", "-");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("(code ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_text_on_stderr_in_json_mode_too()
    {
        CommandResult result = await shared.TestDriver.TryAsync("-o", "json", "domstate", "nosuchdomain");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test+unix:///default?socket=/no/such/socket", "/no/such/socket")]
    [InlineData("nosuchdriver:///default?socket={socket}", "nosuchdriver")]
    [InlineData("not a uri", "not a uri")]
    [InlineData("test+tcp://127.0.0.1:1/default", "127.0.0.1:1")]
    [InlineData("test+tcp://no.such.host.invalid/default", "no.such.host.invalid")]
    public async Task A_wrong_uri_is_no_connection_and_says_why(string uri, string named)
    {
        CommandResult result = await Virtactl.On(uri.Replace("{socket}", shared.Daemon.SocketPath, StringComparison.Ordinal)).TryAsync("list");

        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_may_begin_as_an_option_does()
    {
        foreach (string[] words in (string[][])[["domid", "-1"], ["domid", "--", "--all"], ["domid", "--domain", "--all"]])
            Assert.Contains("42 NoDomain", (await shared.TestDriver.TryAsync(words)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("-o json list")]
    [InlineData("--help")]
    public async Task Standard_output_that_is_closed_is_told_and_is_no_defect(string words)
    {
        CommandResult result = await ShellAsync($"{words} >&-");

        Assert.Equal(70, result.ExitCode);
        Assert.StartsWith("error: the result cannot be written: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list", 0)]
    [InlineData("--verbose uri", 0)]
    [InlineData("dominfo nosuchdomain", 1)]
    [InlineData("--nosuchoption", 2)]
    public async Task Where_errors_cannot_be_written_the_exit_code_tells(string words, int exitCode)
    {
        foreach (string redirection in (string[])["2>&-", "2>/dev/full"])
            Assert.Equal(exitCode, (await ShellAsync($"{words} {redirection}")).ExitCode);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_is_not_success()
    {
        CommandResult result = await ShellAsync("list >/dev/full");

        Assert.Equal(70, result.ExitCode);
        Assert.StartsWith("error: the result cannot be written: ", result.Error, StringComparison.Ordinal);
    }

    private Task<CommandResult> ShellAsync(string words) =>
        Command.RunAsync("bash", ["-c", $"'{Virtactl.Program}' -c '{shared.Daemon.TestUri}' {words}"], environment: Virsh.ClientEnvironment);
}
