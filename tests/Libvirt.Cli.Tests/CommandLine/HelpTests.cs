using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class HelpTests
{
    private static readonly string[] Commands =
    [
        "list", "dominfo", "domstate", "domid", "domname", "domuuid", "dumpxml", "define", "create", "start", "shutdown", "reboot", "reset", "destroy",
        "undefine", "suspend", "resume", "autostart", "version", "uri", "hostname", "nodeinfo", "capabilities", "call", "event", "qemu-monitor-command", "qemu-monitor-event", "qemu-agent-command", "admin", "simulate",
        "send-key", "console", "screenshot", "pool-list", "pool-info", "pool-define-as", "pool-build", "pool-start", "pool-destroy", "pool-undefine", "vol-list",
        "vol-info", "vol-create-as", "vol-delete", "vol-download", "vol-upload", "help",
    ];

    private static readonly string[] AdminCommands =
    [
        "srv-list", "srv-threadpool-info", "srv-threadpool-set", "srv-clients-info", "srv-clients-set", "srv-update-tls", "client-list", "client-info",
        "client-disconnect", "daemon-log-info", "daemon-log-filters", "daemon-log-outputs", "daemon-timeout",
    ];

    private static readonly string[] Options =
        ["--connect", "--readonly", "--output", "--timeout", "--quiet", "--verbose", "--log-level", "--log-config", "--version", "--help"];

    private static readonly int[] ExitCodes = [0, 1, 2, 3, 4, 70, 130];

    [Fact]
    public async Task The_help_names_every_command_every_global_option_and_every_exit_code()
    {
        string help = (await Virtactl.RunBareAsync("--help")).EnsureSuccess().Output;

        Assert.All(Commands, command => Assert.Matches($@"(?m)^  {command}\b", help));
        Assert.All(Options, option => Assert.Contains(option, help, StringComparison.Ordinal));
        Assert.All(ExitCodes, code => Assert.Matches($@"(?m)^ +{code}  \w", help));
        Assert.Contains("LIBVIRT_DEFAULT_URI", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_documentation_names_them_too()
    {
        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "virtactl.md"), TestContext.Current.CancellationToken);

        Assert.All([.. Commands, .. AdminCommands], command => Assert.Matches($@"[`, ]{command}\b", page));
        Assert.All(Options, option => Assert.Contains($"`{option}", page, StringComparison.Ordinal));
        Assert.All(ExitCodes, code => Assert.Matches($@"(?m)^\| {code}\b", page));
    }

    public static TheoryData<string> AllCommands => [.. Commands, .. AdminCommands.Select(command => $"admin {command}")];

    [Theory]
    [MemberData(nameof(AllCommands))]
    public async Task Every_command_has_a_help_of_its_own_that_names_the_exit_codes(string command)
    {
        CommandResult result = await Virtactl.RunBareAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"virtactl {command}", result.Output, StringComparison.Ordinal);
        Assert.Contains("refused by the daemon", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dominfo")]
    [InlineData("admin client-info")]
    public async Task Who_knows_virsh_asks_for_help_by_a_command(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        string help = (await Virtactl.RunBareAsync(["help", .. words])).EnsureSuccess().Output;

        Assert.Equal((await Virtactl.RunBareAsync([.. words, "--help"])).Output, help);
    }

    [Fact]
    public async Task A_path_that_begins_like_another_systems_option_is_a_path()
    {
        CommandResult result = await Virtactl.RunBareAsync("define", "/h");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'/h' does not exist", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_a_bare_number()
    {
        string version = (await Virtactl.RunBareAsync("--version")).EnsureSuccess().Output;

        Assert.Matches(@"^\d+\.\d+\.\d+\n$", version);
    }
}
