using System.Net.Sockets;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>What the simulator sends is judged by a reader of the protocol that shares nothing with ours.</summary>
public sealed class TrafficTests
{
    private const string Session =
        """
        list --all
        nodeinfo
        capabilities
        domstats
        dominfo web
        dumpxml web
        suspend web
        resume web
        domblkstat web vda
        dommemstat web
        vcpuinfo web
        snapshot-create-as web one
        snapshot-list web
        net-list --all
        net-dhcp-leases default
        pool-list --all
        vol-create-as default disk 1M
        vol-list default
        vol-dumpxml disk default
        qemu-monitor-command web --hmp info status
        nodesuspend mem 60
        start nosuch
        start spare
        event --all --timeout 1
        shutdown spare
        undefine spare
        """;

    [Fact]
    public async Task No_packet_of_a_long_session_is_malformed()
    {
        await using SimulatorFixture fixture = new();
        await using RecordingProxy proxy = RecordingProxy.OnUnixSocket(new UnixDomainSocketEndPoint(fixture.Endpoint.Address!.ToString()!));
        Virsh virsh = Virsh.On(proxy.Uri("qemu", "/system"));
        string path = Scratch.NewPath("transfer");
        byte[] content = new byte[1 << 20];
        new Random(3).NextBytes(content.AsSpan(1000, 100_000));
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);

        await virsh.RunScriptAsync(Session);
        await virsh.RunAsync("vol-upload", "disk", path, "--pool", "default");
        await virsh.RunAsync("vol-download", "disk", path, "--pool", "default", "--sparse");
        await virsh.RunAsync("screenshot", "web", path);
        Dissection dissection = await TsharkDissector.DissectAsync(proxy.Recording.Frames);

        Assert.Empty(dissection.Problems);
        Assert.InRange(dissection.Messages.Count, 150, int.MaxValue);
    }
}
