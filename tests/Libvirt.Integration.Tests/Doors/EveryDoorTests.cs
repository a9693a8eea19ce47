using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>
/// The same scenario through every door: the handshake, a thousand calls, an event, 64 MiB up and down, a daemon that is killed, and nothing left behind.
/// Kerberos, which belongs to a whole process, goes through it in <see cref="GssapiTests"/>, and IPv6, which not every machine has, in <see cref="IPv6Tests"/>.
/// </summary>
public sealed class EveryDoorTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    [Theory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("ssh to netcat")]
    [InlineData("ssh to virt-ssh-helper")]
    [InlineData("libssh to netcat")]
    [InlineData("libssh2 to virt-ssh-helper")]
    [InlineData("ext")]
    [InlineData("unix with descriptors")]
    [InlineData("sasl by unix, SCRAM-SHA-512")]
    [InlineData("sasl by unix, SCRAM-SHA-256")]
    [InlineData("sasl by unix, SCRAM-SHA-1")]
    [InlineData("sasl by unix, PLAIN")]
    [InlineData("sasl by tls, SCRAM-SHA-512")]
    [InlineData("sasl by tls, SCRAM-SHA-256")]
    [InlineData("sasl by tls, SCRAM-SHA-1")]
    [InlineData("sasl by tls, PLAIN")]
    public Task Calls_events_and_streams_pass_and_a_killed_daemon_is_told(string door) =>
        DoorScenario.RunAsync(
            doors.SessionUri(door), doors.Options with { FileDescriptors = door == "unix with descriptors" }, doors.Behind(door));

    [Theory]
    [InlineData("virtqemud")]
    [InlineData("virtproxyd by unix")]
    [InlineData("virtproxyd by tcp")]
    [InlineData("virtproxyd by tls")]
    public async Task The_same_passes_to_the_modular_daemons(string door)
    {
        (string uri, LibvirtDaemon daemon) = await doors.ModularDoorAsync(door);

        await DoorScenario.RunAsync(uri, doors.Options, daemon, (await doors.ModularAsync()).Storage.StorageUri);
    }

    [Theory]
    [InlineData("ssh to virt-ssh-helper")]
    [InlineData("ssh to whatever is there")]
    public async Task Ssh_finds_the_socket_by_the_far_sides_helper(string door)
    {
        // The helper asks for the driver of its own user's session, which the test driver has none of.
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(doors.SessionUri(door), doors.Options);

        Assert.True((await hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value)).LibVer > 0);
    }

    [Theory]
    [InlineData("ssh")]
    [InlineData("ext")]
    public async Task No_process_of_a_tunnel_outlives_its_connection(string transport)
    {
        (string uri, string word) = TunnelOfItsOwn(transport);
        Hypervisor hypervisor = await Hypervisor.ConnectAsync(uri, doors.Options);
        Assert.True(TunnelProcesses.AnyWith(word));

        await hypervisor.DisposeAsync();

        await Eventually.IsTrueAsync(() => !TunnelProcesses.AnyWith(word));
    }

    [Fact]
    public async Task A_cancelled_connect_leaves_no_process_behind()
    {
        doors.Daemon.Freeze();
        try
        {
            using CancellationTokenSource cancel = new();
            (string uri, string word) = TunnelOfItsOwn("ssh");
            Task connecting = Hypervisor.ConnectAsync(uri, doors.Options, cancel.Token).AsTask();
            await Eventually.IsTrueAsync(() => TunnelProcesses.AnyWith(word));

            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
            await Eventually.IsTrueAsync(() => !TunnelProcesses.AnyWith(word));
        }
        finally
        {
            doors.Daemon.Thaw();
        }
    }

    [Fact]
    public async Task Ssh_tells_why_it_did_not_get_in()
    {
        string empty = Scratch.NewPath("known_hosts");
        await File.WriteAllTextAsync(empty, "");

        LibvirtConnectException key = await RefusedAsync($"test+ssh://{doors.SshParameters(keyFile: doors.Ssh.StrangeKeyFile)}&command={IdentitiesOnly()}");
        LibvirtConnectException host = await RefusedAsync($"test+ssh://{doors.SshParameters(knownHosts: empty)}");
        LibvirtConnectException netcat = await RefusedAsync($"test+ssh://{doors.SshParameters()}&netcat=/nowhere/nc");
        await using Hypervisor taken = await Hypervisor.ConnectAsync(
            $"test+ssh://{doors.SshParameters(knownHosts: empty)}&known_hosts_verify=auto&socket={doors.Daemon.SocketPath}", doors.Options);

        Assert.Equal(ConnectFailure.AuthenticationFailed, key.Reason);
        Assert.Contains("Permission denied", key.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectFailure.SshHostKey, host.Reason);
        Assert.Equal(ConnectFailure.TunnelFailed, netcat.Reason);
        Assert.Contains("/nowhere/nc", netcat.Message, StringComparison.Ordinal);
        Assert.Contains("ssh-ed25519", await File.ReadAllTextAsync(empty), StringComparison.Ordinal);
    }

    private async Task<LibvirtConnectException> RefusedAsync(string uri) =>
        await Assert.ThrowsAsync<LibvirtConnectException>(async () => await Hypervisor.ConnectAsync(uri, doors.Options));

    // The default keys of whoever runs the tests must not get in instead.
    private static string IdentitiesOnly() => Script.Create("ssh", "exec ssh -F none -o IdentitiesOnly=yes \"$@\"");

    /// <summary>A tunnel and a word of its program's command line that no other has: the path of the key, or of the socket, which are copies for it alone.</summary>
    private (string Uri, string Word) TunnelOfItsOwn(string transport)
    {
        string path = Scratch.NewPath(transport);
        if (transport == "ssh")
        {
            File.Copy(doors.Ssh.KeyFile, path);
            return ($"test+ssh://{doors.SshParameters(keyFile: path)}&socket={doors.Daemon.SocketPath}", path);
        }

        File.CreateSymbolicLink(path, doors.Daemon.SocketPath);
        return ($"test+ext:///default?command={DoorsFixture.TunnelScript(path)}", path);
    }
}
