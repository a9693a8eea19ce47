using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client drives the life of guests.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task Guests_are_listed_with_their_state()
    {
        await using SimulatorFixture fixture = new();

        Assert.Equal(["1 web running"], await ListAsync(fixture));
        Assert.Equal(["- spare shut off", "1 web running"], (await ListAsync(fixture, "--all")).Order(StringComparer.Ordinal));
        Assert.Equal("spare", (await fixture.Virsh.RunAsync("list", "--inactive", "--name")).Trim());
    }

    [Fact]
    public async Task A_guest_lives_from_its_definition_to_its_end()
    {
        await using SimulatorFixture fixture = new();
        string path = Scratch.NewPath("new.xml");
        await File.WriteAllTextAsync(path, OrdinaryGuest.Xml("hv1", "new", 128, 1), TestContext.Current.CancellationToken);

        await fixture.Virsh.RunAsync("define", path);
        Assert.Equal("shut off (unknown)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("start", "new");
        Assert.Equal("running (booted)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("suspend", "new");
        Assert.Equal("paused (user)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("resume", "new");
        Assert.Equal("running (unpaused)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("reset", "new");
        await fixture.Virsh.RunAsync("shutdown", "new");
        await Eventually.GetAsync(() => StateAsync(fixture), state => state == "shut off (shutdown)");
        await fixture.Virsh.RunAsync("start", "new", "--paused");
        Assert.Equal("paused (user)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("destroy", "new");
        Assert.Equal("shut off (destroyed)", await StateAsync(fixture));
        await fixture.Virsh.RunAsync("undefine", "new");

        Assert.Null(fixture.Host.Domains.Find("new"));
        Assert.Contains("failed to get domain 'new'", (await fixture.Virsh.TryAsync("dominfo", "new")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_guest_is_gone_when_it_stops()
    {
        await using SimulatorFixture fixture = new();
        string path = Scratch.NewPath("passing.xml");
        await File.WriteAllTextAsync(path, OrdinaryGuest.Xml("hv1", "passing", 128, 1), TestContext.Current.CancellationToken);

        await fixture.Virsh.RunAsync("create", path);
        Assert.Contains("Persistent:     no", await fixture.Virsh.RunAsync("dominfo", "passing"), StringComparison.Ordinal);
        await fixture.Virsh.RunAsync("destroy", "passing");

        Assert.Null(fixture.Host.Domains.Find("passing"));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_libvirts_words()
    {
        await using SimulatorFixture fixture = new();

        Assert.Contains("Domain is already active", (await fixture.Virsh.TryAsync("start", "web")).Error, StringComparison.Ordinal);
        Assert.Contains("domain is not running", (await fixture.Virsh.TryAsync("suspend", "spare")).Error, StringComparison.Ordinal);
        Assert.Contains("domain is not running", (await fixture.Virsh.TryAsync("destroy", "spare")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_reads_back_as_it_was_defined()
    {
        await using SimulatorFixture fixture = new();

        string live = await fixture.Virsh.RunAsync("dumpxml", "web");
        string config = await fixture.Virsh.RunAsync("dumpxml", "web", "--inactive");

        Assert.StartsWith("<domain type='kvm' id='1'>", live, StringComparison.Ordinal);
        Assert.Contains("<target dev='vnet8'/>", live, StringComparison.Ordinal);
        Assert.StartsWith("<domain type='kvm'>", config, StringComparison.Ordinal);
        Assert.DoesNotContain("vnet", config, StringComparison.Ordinal);
        Assert.Contains("<memory unit='KiB'>524288</memory>", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_save_brings_a_guest_back_where_it_was()
    {
        await using SimulatorFixture fixture = new();

        await fixture.Virsh.RunAsync("managedsave", "web");
        Assert.Contains("Managed save:   yes", await fixture.Virsh.RunAsync("dominfo", "web"), StringComparison.Ordinal);
        Assert.Contains("managed save image exists", (await fixture.Virsh.TryAsync("undefine", "web")).Error, StringComparison.Ordinal);
        await fixture.Virsh.RunAsync("start", "web");

        Assert.Equal("running (restored)", (await fixture.Virsh.RunAsync("domstate", "web", "--reason")).Trim());
    }

    [Fact]
    public async Task Snapshots_form_a_tree_and_take_a_guest_back()
    {
        await using SimulatorFixture fixture = new();

        await fixture.Virsh.RunAsync("snapshot-create-as", "web", "one", "--description", "first");
        await fixture.Virsh.RunAsync("snapshot-create-as", "web", "two");
        Assert.Equal("one", (await fixture.Virsh.RunAsync("snapshot-parent", "web", "two")).Trim());
        Assert.Contains("Current:        yes", await fixture.Virsh.RunAsync("snapshot-info", "web", "two"), StringComparison.Ordinal);
        Assert.Contains("<description>first</description>", await fixture.Virsh.RunAsync("snapshot-dumpxml", "web", "one"), StringComparison.Ordinal);
        await fixture.Virsh.RunAsync("destroy", "web");
        await fixture.Virsh.RunAsync("snapshot-revert", "web", "one");
        Assert.Equal("running (from snapshot)", (await fixture.Virsh.RunAsync("domstate", "web", "--reason")).Trim());
        Assert.Equal("one", (await fixture.Virsh.RunAsync("snapshot-current", "web", "--name")).Trim());
        await fixture.Virsh.RunAsync("snapshot-delete", "web", "one", "--children");

        Assert.Equal("", (await fixture.Virsh.RunAsync("snapshot-list", "web", "--name")).Trim());
    }

    private static async Task<string> StateAsync(SimulatorFixture fixture) => (await fixture.Virsh.RunAsync("domstate", "new", "--reason")).Trim();

    private static async Task<string[]> ListAsync(SimulatorFixture fixture, params string[] options) =>
        TableText.Rows(await fixture.Virsh.RunAsync(["list", .. options]));
}
