using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A daemon whose session has one of each: a pool with volumes, a network, a secret, a paused guest with a disk and two snapshots.</summary>
public sealed class CallObjects : IAsyncLifetime
{
    internal const string Guest = "guest";
    internal const string GuestUuid = "33333333-3333-4333-8333-333333333333";
    internal const string Child = "child";
    internal const string Pool = "pool";
    internal const string PoolHandle = $$"""{"name": "{{Pool}}", "uuid": "{{PoolUuid}}"}""";
    internal const string Volume = "raw";
    internal const string SecretUuid = "22222222-2222-4222-8222-222222222222";
    private const string PoolUuid = "44444444-4444-4444-8444-444444444444";

    private LibvirtDaemon? _daemon;

    private LibvirtDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not been started.");

    internal string Uri(Driver driver) => driver == Driver.Test ? Daemon.TestUri : Daemon.SessionUri;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        string pool = Path.Combine(Daemon.DataDirectory, "pool");
        string disk = Path.Combine(pool, "disk");
        Virsh virsh = Virsh.On(Daemon.SessionUri);
        await DefineAsync(virsh, "pool-define", $"<pool type='dir'><name>{Pool}</name><uuid>{PoolUuid}</uuid><target><path>{pool}</path></target></pool>");
        await virsh.RunAsync("pool-build", Pool);
        await virsh.RunAsync("pool-start", Pool);
        await virsh.RunAsync("vol-create-as", Pool, Volume, "1M");
        await virsh.RunAsync("vol-create-as", Pool, "disk", "16M", "--format", "qcow2");
        await DefineAsync(virsh, "net-define", "<network><name>net</name><bridge name='virbr99'/><ip address='192.168.199.1' netmask='255.255.255.0'/></network>");
        await DefineAsync(virsh, "secret-define", $"<secret><uuid>{SecretUuid}</uuid><usage type='volume'><volume>/nowhere</volume></usage></secret>");
        await Virtactl.On(Daemon.SessionUri).RunAsync(
            "call", "secret_set_value", $$"""{"secret": {"uuid": "{{SecretUuid}}", "usageType": 1, "usageID": "/nowhere"}, "value": "c2VjcmV0", "flags": 0}""");
        await DefineAsync(virsh, "define",
            $"""
            <domain type='qemu'><name>{Guest}</name><uuid>{GuestUuid}</uuid><memory unit='MiB'>32</memory><vcpu>1</vcpu>
            <os><type arch='x86_64' machine='pc'>hvm</type></os><devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
            <source file='{disk}'/><target dev='vda' bus='virtio'/></disk></devices></domain>
            """);
        await DefineAsync(virsh, "define", "<domain type='qemu'><name>idle</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>");
        await virsh.RunAsync("snapshot-create-as", Guest, "parent");
        await virsh.RunAsync("snapshot-create-as", Guest, Child);
        await virsh.RunAsync("start", Guest, "--paused");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _daemon?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task DefineAsync(Virsh virsh, string command, string xml)
    {
        string file = Scratch.NewPath("object.xml");
        await File.WriteAllTextAsync(file, xml);
        await virsh.RunAsync(command, file);
    }
}
