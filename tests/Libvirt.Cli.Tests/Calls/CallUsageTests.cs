using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class CallUsageTests(SharedDaemon shared)
{
    private const string Guest = """{"name": "test", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1}""";

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "domain_get_info", "{}", "dom: it is missing" },
        { "domain_get_info", """{"dom": {"name": "test", "id": 1}}""", "dom.uuid: it is missing" },
        { "domain_get_info", $$"""{"dom": {{Guest}}, "flags": 0}""", "flags: there is no such field" },
        { "domain_get_info", """{"dom": {"name": "test", "uuid": "6695eb01", "id": 1}}""", "dom.uuid: " },
        { "domain_get_xml_desc", $$"""{"dom": {{Guest}}, "flags": "none"}""", "flags: " },
        { "domain_get_xml_desc", $$"""{"dom": {{Guest}}, "flags": 4294967296}""", "flags: " },
        { "domain_set_memory_parameters", $$"""{"dom": {{Guest}}, "params": [{"field": "x", "value": {"type": "ullong", "ul": -1} }], "flags": 0}""", "params[0].value.ul: " },
        { "connect_get_type", """{"surplus": 1}""", "give an empty object" },
        { "domain_get_info", "{", "not JSON" },
        { "domain_get_info", "@/no/such/file", "'/no/such/file' does not exist" },
        { "no_such_procedure", "{}", "no procedure 'no_such_procedure'" },
        { "domain_open_console", "{}", "--stream-out" },
        { "storage_vol_upload", "{}", "--stream-in" },
        { "domain_open_graphics", "{}", "--file" },
        { "domain_event_lifecycle", "{}", "event" },
        { "keepalive_ping", "{}", "cannot be called" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_and_nothing_is_sent(string procedure, string arguments, string named)
    {
        // Nobody listens there: had anything been sent, or only been tried, the exit code would be another.
        CommandResult result = await Virtactl.On("test+unix:///default?socket=/no/such/socket").TryAsync("call", procedure, arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("domain_get_info", "--stream-out", "begins no stream")]
    [InlineData("domain_screenshot", "--stream-in", "takes nothing")]
    [InlineData("storage_vol_upload", "--stream-out", "brings nothing")]
    [InlineData("domain_get_info", "--file", "no file descriptors")]
    [InlineData("domain_fd_associate", "--file", "'/no/such/file' cannot be opened")]
    public async Task What_a_procedure_has_no_use_for_is_named_too(string procedure, string option, string named)
    {
        string arguments = procedure == "domain_fd_associate" ? $$"""{"dom": {{Guest}}, "name": "disk", "flags": 0}""" : "{}";

        CommandResult result = await Virtactl.On("test+unix:///default?socket=/no/such/socket").TryAsync("call", procedure, arguments, option, "/no/such/file");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("domain_get_os_type")]
    [InlineData("DOMAIN_GET_OS_TYPE")]
    [InlineData("REMOTE_PROC_DOMAIN_GET_OS_TYPE")]
    [InlineData("remote_domain_get_os_type")]
    [InlineData("virDomainGetOSType")]
    public async Task Every_name_of_a_procedure_is_understood(string name)
    {
        JsonNode result = JsonNode.Parse(await shared.TestDriver.RunAsync("call", name, $$"""{"dom": {{Guest}}}"""))!;

        Assert.Equal("linux", (string?)result["type"]);
    }

    [Fact]
    public async Task The_arguments_may_come_from_stdin_and_from_a_file()
    {
        string arguments = $$"""{"dom": {{Guest}}}""";
        string file = Scratch.NewPath("arguments.json");
        await File.WriteAllTextAsync(file, arguments, TestContext.Current.CancellationToken);

        string given = await shared.TestDriver.RunAsync("call", "domain_get_os_type", arguments);
        string piped = (await shared.TestDriver.TryWithInputAsync(arguments, "call", "domain_get_os_type", "-")).EnsureSuccess().Output;
        string read = await shared.TestDriver.RunAsync("call", "domain_get_os_type", $"@{file}");

        Assert.Equal(given, piped);
        Assert.Equal(given, read);
    }

    [Fact]
    public async Task A_procedure_without_a_result_prints_an_empty_object()
    {
        // A daemon of its own: what is done to the shared one lasts as long as anybody else is connected.
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("{}\n", await Virtactl.On(daemon.TestUri).RunAsync("call", "domain_suspend", $$"""{"dom": {{Guest}}}"""));
    }

    [Fact]
    public async Task A_procedure_that_the_daemon_does_not_know_is_a_refusal_that_names_the_release()
    {
        CommandResult result = await shared.TestDriver.TryAsync("call", "domain_get_autostart_once", $$"""{"dom": {{Guest}}}""");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("11.2.0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_a_procedure_shows_its_fields_their_types_and_limits()
    {
        string help = (await Virtactl.RunBareAsync("call", "connect_get_all_domain_stats", "--help")).EnsureSuccess().Output;

        Assert.Contains("REMOTE_PROC_CONNECT_GET_ALL_DOMAIN_STATS: procedure 344 of the remote program", help, StringComparison.Ordinal);
        Assert.Contains("Since libvirt 1.2.8", help, StringComparison.Ordinal);
        Assert.Contains("virConnectGetAllDomainStats", help, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  stats +unsigned int +a whole number from 0 to 4294967295$", help);
        Assert.Matches(@"(?m)^  doms +.*at most 16384", help);
        Assert.Matches(@"(?m)^      uuid +remote_uuid ", help);
    }

    [Fact]
    public async Task The_template_in_the_help_is_taken_as_arguments()
    {
        string help = await shared.TestDriver.RunAsync("call", "domain_get_info", "--help");
        string template = help[(help.IndexOf('\'', help.IndexOf("virtactl call", StringComparison.Ordinal)) + 1)..help.LastIndexOf('\'')];

        CommandResult result = await shared.TestDriver.TryAsync("call", "domain_get_info", template);

        // The fields were all there and right: it was the daemon that did not know such a domain.
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NoDomain", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_every_procedure_and_a_pattern_picks_some()
    {
        JsonArray all = JsonNode.Parse((await Virtactl.RunBareAsync("call", "--list", "-o", "json")).EnsureSuccess().Output)!.AsArray();
        string some = (await Virtactl.RunBareAsync("call", "--list", "storage_vol_get")).EnsureSuccess().Output;

        Assert.Equal(456, all.Count(p => (string?)p!["program"] == "remote"));
        JsonNode info = Assert.Single(all, p => (string?)p!["name"] == "REMOTE_PROC_DOMAIN_GET_INFO")!;
        Assert.Equal("0.0.3", (string?)info["since"]);
        Assert.True((bool?)info["callable"]);
        Assert.Equal("unsigned hyper", (string?)info["ret"]![1]!["type"]);
        Assert.Equal(["storage_vol_get_info", "storage_vol_get_info_flags", "storage_vol_get_path", "storage_vol_get_xml_desc"],
            some.Split('\n').Skip(2).Where(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).Order(StringComparer.Ordinal));
    }
}
