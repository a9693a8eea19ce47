using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client asks a host about itself and its guests.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task The_host_says_what_it_is()
    {
        await using SimulatorFixture fixture = new();

        string node = await fixture.Virsh.RunAsync("nodeinfo");
        Assert.Contains("CPU(s):              32", node, StringComparison.Ordinal);
        Assert.Contains("Memory size:         67108864 KiB", node, StringComparison.Ordinal);
        Assert.Equal("hv1", (await fixture.Virsh.RunAsync("hostname")).Trim());
        Assert.Contains("Running hypervisor: QEMU 10.0.0", await fixture.Virsh.RunAsync("version"), StringComparison.Ordinal);
        Assert.Contains($"<uuid>{fixture.Host.Uuid}</uuid>", await fixture.Virsh.RunAsync("capabilities"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_come_for_all_guests_at_once()
    {
        await using SimulatorFixture fixture = new();

        string all = await fixture.Virsh.RunAsync("domstats");

        Assert.Contains("Domain: 'spare'", all, StringComparison.Ordinal);
        string web = await fixture.Virsh.RunAsync("domstats", "web");
        foreach (string field in (string[])["state.state=1", "vcpu.current=2", "balloon.maximum=524288", "net.0.name=vnet8", "block.0.name=vda", "cpu.time="])
            Assert.Contains(field, web, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_monitor_answers_queries()
    {
        await using SimulatorFixture fixture = new();

        string status = await fixture.Virsh.RunAsync("qemu-monitor-command", "web", """{"execute":"query-status"}""");
        string human = await fixture.Virsh.RunAsync("qemu-monitor-command", "web", "--hmp", "info status");
        string unknown = await fixture.Virsh.RunAsync("qemu-monitor-command", "web", """{"execute":"nosuch","id":7}""");
        string agent = await fixture.Virsh.RunAsync("qemu-agent-command", "web", """{"execute":"guest-ping"}""");

        Assert.Equal("""{"return":{"status":"running","running":true},"id":"libvirt-1"}""", status.Trim());
        Assert.Equal("VM status: running", human.Trim());
        Assert.Equal("""{"error":{"class":"CommandNotFound","desc":"The command nosuch has not been found"},"id":7}""", unknown.Trim());
        Assert.StartsWith("""{"return":{}""", agent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_tells_of_the_guest()
    {
        await using SimulatorFixture fixture = new();

        string all = await fixture.Virsh.RunAsync("guestinfo", "web");
        string name = await fixture.Virsh.RunAsync("guestinfo", "web", "--hostname");

        Assert.Contains("os.name             : Simulated guest", all, StringComparison.Ordinal);
        Assert.Equal("hostname            : web", name.Trim());
    }

    [Fact]
    public async Task A_guest_without_an_agent_says_so()
    {
        await using SimulatorFixture fixture = new();
        fixture.Web.Behavior = new GuestBehavior { HasAgent = false };

        string error = (await fixture.Virsh.TryAsync("qemu-agent-command", "web", """{"execute":"guest-ping"}""")).Error;

        Assert.Contains("Guest agent is not responding: QEMU guest agent is not connected", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_metadata_and_devices_are_changed_and_read_back()
    {
        await using SimulatorFixture fixture = new();

        await fixture.Virsh.RunAsync("setvcpus", "web", "1", "--live");
        await fixture.Virsh.RunAsync("setmem", "web", "262144", "--live");
        await fixture.Virsh.RunAsync("schedinfo", "web", "--set", "cpu_shares=2048");
        await fixture.Virsh.RunAsync("desc", "web", "--title", "The web");
        await fixture.Virsh.RunAsync("metadata", "web", "--uri", "http://example.org/x", "--key", "x", "--set", "<owner>me</owner>");
        await fixture.Virsh.RunAsync("attach-disk", "web", "/srv/b.img", "vdb", "--live");
        await fixture.Virsh.RunAsync("attach-interface", "web", "network", "default", "--live");

        Assert.Contains("current      live           1", await fixture.Virsh.RunAsync("vcpucount", "web"), StringComparison.Ordinal);
        Assert.Contains("Used memory:    262144 KiB", await fixture.Virsh.RunAsync("dominfo", "web"), StringComparison.Ordinal);
        Assert.Contains("cpu_shares     : 2048", await fixture.Virsh.RunAsync("schedinfo", "web"), StringComparison.Ordinal);
        Assert.Equal("The web", (await fixture.Virsh.RunAsync("desc", "web", "--title")).Trim());
        Assert.Equal("<owner>me</owner>", (await fixture.Virsh.RunAsync("metadata", "web", "--uri", "http://example.org/x")).Trim());
        Assert.Equal("vdb /srv/b.img", TableText.Rows(await fixture.Virsh.RunAsync("domblklist", "web"))[1]);
        Assert.Equal(2, (await fixture.Virsh.RunAsync("domiflist", "web")).Split("network").Length - 1);
        await fixture.Virsh.RunAsync("detach-disk", "web", "vdb", "--live");
        Assert.DoesNotContain("vdb", await fixture.Virsh.RunAsync("domblklist", "web"), StringComparison.Ordinal);
    }
}
