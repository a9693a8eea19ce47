using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class UsageErrorTests
{
    public static TheoryData<string[], string> Mistakes => new()
    {
        { [], "Required command" },
        { ["nosuchcommand"], "error: there is no command 'nosuchcommand'\nTry " },
        { ["nosuchcommand", "list"], "'nosuchcommand'" },
        { ["help", "nosuchcommand"], "error: there is no command 'nosuchcommand'" },
        { ["--nosuchoption", "uri"], "--nosuchoption" },
        { ["--nosuchoption"], "error: 'virtactl' has no option --nosuchoption\nTry " },
        { ["admin", "nosuchcommand"], "error: there is no command 'nosuchcommand'" },
        { ["list", "surplus"], "surplus" },
        { ["list", "--nosuchoption"], "--nosuchoption" },
        { ["dominfo"], "error: 'dominfo' needs DOMAIN\nTry 'virtactl dominfo --help'." },
        { ["vol-create-as", "pool"], "'vol-create-as' needs NAME\n" },
        { ["dominfo", "--nosuchoption"], "'dominfo' has no option --nosuchoption" },
        { ["destroy", "web", "--gracefully=yes"], "'destroy' has no option --gracefully;" },
        { ["list", "--log-config", "/"], "'/' is a directory" },
        { ["list", "-o", "yaml"], "'yaml'" },
        { ["list", "--timeout", "soon"], "'soon'" },
        { ["list", "--timeout", "-1"], "'-1'" },
        { ["list", "--timeout", "0"], "'0'" },
        { ["list", "--log-level", "loud"], "'loud'" },
        { ["list", "--log-config", "/no/such/log.conf"], "'/no/such/log.conf' does not exist" },
        { ["shutdown", "x", "--mode", "acpi,shout"], "'shout'" },
        { ["define", "/no/such/file.xml"], "'/no/such/file.xml' does not exist" },
        { ["admin"], "Required command" },
        { ["admin", "client-info", "libvirtd", "me"], "'me'" },
        { ["admin", "srv-threadpool-set", "libvirtd"], "--min-workers" },
        { ["admin", "srv-threadpool-set", "libvirtd", "--min-workers", "-1"], "a number from 0 to 4294967295." },
        { ["admin", "srv-clients-set", "libvirtd"], "--max-clients" },
        { ["create", "/"], "'/' cannot be read" },
        { ["simulate", "--hosts", "none"], "'none'" },
        { ["simulate", "--listen", "udp://127.0.0.1:1"], "'udp://127.0.0.1:1'" },
        { ["simulate", "--listen", "tcp://127.0.0.1:66000"], "'tcp://127.0.0.1:66000'" },
        { ["simulate", "--listen", "unix:///no/such/directory/socket"], "cannot listen on unix:///no/such/directory/socket" },
        { ["simulate", "--storage", "/dev/null/folder"], "the folder for volumes cannot be used" },
        { ["simulate", "--storage", ""], "the folder for volumes cannot be used" },
        { ["simulate", "--script", "/no/such/script.json"], "'/no/such/script.json' does not exist" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_on_stderr_and_ends_with_2(string[] arguments, string named)
    {
        CommandResult result = await Virtactl.RunBareAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_looked_at_before_the_daemon()
    {
        CommandResult result = await Virtactl.On("test+unix:///default?socket=/no/such/socket").TryAsync("define", "/no/such/file.xml");

        Assert.Equal(2, result.ExitCode);
    }
}
