using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Each command that reads prints what virsh prints, white space aside.</summary>
public sealed partial class CommandComparisonTests(SharedDaemon shared)
{
    public static TheoryData<string, string[]> Reads
    {
        get
        {
            TheoryData<string, string[]> data = [];
            foreach (string driver in (string[])["test", "session"])
            {
                data.Add(driver, ["list"]);
                data.Add(driver, ["list", "--all"]);
                data.Add(driver, ["list", "--all", "--name"]);
                data.Add(driver, ["list", "--all", "--uuid"]);
                data.Add(driver, ["hostname"]);
                data.Add(driver, ["nodeinfo"]);
                data.Add(driver, ["capabilities"]);
            }

            data.Add("test", ["domstate", "test"]);
            data.Add("test", ["domstate", "test", "--reason"]);
            data.Add("test", ["domid", "test"]);
            data.Add("test", ["domname", "1"]);
            data.Add("test", ["domuuid", "test"]);
            data.Add("test", ["dumpxml", "test"]);
            data.Add("test", ["dumpxml", "test", "--inactive"]);
            data.Add("test", ["dumpxml", "test", "--security-info"]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_prints_what_virsh_prints(string driver, string[] arguments)
    {
        string uri = driver == "test" ? shared.Daemon.TestUri : shared.Daemon.SessionUri;

        string ours = await Virtactl.On(uri).RunAsync(["-q", .. arguments]);
        string theirs = await Virsh.On(uri).RunAsync(arguments);

        Assert.Equal(WithoutFrequency(theirs), WithoutFrequency(ours));
    }

    [Fact]
    public async Task The_facts_about_a_domain_are_those_of_virsh()
    {
        string ours = await shared.TestDriver.RunAsync("dominfo", "test");
        string theirs = await Virsh.On(shared.Daemon.TestUri).RunAsync("dominfo", "test");

        // The test driver's processor time is the clock.
        Assert.Equal(WithoutTime(theirs), WithoutTime(ours));
    }

    [Fact]
    public async Task The_versions_are_those_of_virsh()
    {
        JsonNode ours = (await shared.Session.JsonAsync("version"))!;
        string theirs = await Virsh.On(shared.Daemon.SessionUri).RunAsync("version", "--daemon");

        Assert.Contains($"Running against daemon: {ours["libVer"]}\n", theirs, StringComparison.Ordinal);
        Assert.Contains($"Running hypervisor: {ours["type"]} {ours["hvVer"]}\n", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("test")]
    [InlineData("6695eb01-f6a4-8304-79aa-97f2502e193f")]
    [InlineData("6695EB01-F6A4-8304-79AA-97F2502E193F")]
    public async Task A_domain_is_found_by_id_by_name_and_by_uuid(string word)
    {
        string ours = await shared.TestDriver.RunAsync("domname", word);

        Assert.Equal("test\n", ours);
    }

    private static string WithoutTime(string text) => Printed.Squeezed(ProcessorTime().Replace(text, ""));

    // A processor may have changed its pace from one question to the next; the test driver's, which stands still, is compared in JSON.
    private static string WithoutFrequency(string text) => Printed.Squeezed(Frequency().Replace(text, ""));

    [GeneratedRegex("CPU frequency:.*")]
    private static partial Regex Frequency();

    [GeneratedRegex("CPU time:.*")]
    private static partial Regex ProcessorTime();
}
