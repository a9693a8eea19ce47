using System.Globalization;
using System.Net;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>
/// Tunnels by ssh that end, fall silent or say something else at each phase: by a program in ssh's place, which is quick enough for every few bytes, and by
/// the system's ssh whose own connection is cut. Each ends as documented and leaves no process behind.
/// </summary>
public sealed class CutTunnelTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private string _lifetime = "";

    [Fact]
    public async Task A_tunnel_that_ends_after_any_number_of_bytes_is_lost_with_its_last_words()
    {
        for (int cut = 0; ; cut += 5)
        {
            // What the daemon says goes through a pipe that ends after so many bytes; then the program says why, and ends.
            string program = Script.Create("ssh", $"""
                mkfifo "$0.answers.$$"
                exec 3<&0
                nc -U '{doors.Daemon.SocketPath}' <&3 >"$0.answers.$$" &
                dd bs=1 count={cut} status=none <"$0.answers.$$"
                kill $!
                echo 'client_loop: send disconnect: Broken pipe' >&2
                exit 255
                """);

            Exception? error = await Record.ExceptionAsync(() => ConnectAsync(program, doors.Options));

            await GoneAsync(program);
            if (error is null)
            {
                Assert.InRange(cut, 80, 400);
                return;
            }

            LibvirtConnectException lost = Assert.IsType<LibvirtConnectException>(error);
            Assert.True(lost.Reason is ConnectFailure.TunnelFailed or ConnectFailure.Lost, $"After {cut} bytes: {lost.Reason}, {lost}");
        }
    }

    [Theory]
    [InlineData("exec sleep 1000")]
    [InlineData("sleep 1000 & cat >/dev/null; wait")]
    [InlineData("trap '' TERM HUP INT; cat >/dev/null; while :; do sleep 1000; done")]
    public async Task A_tunnel_that_says_nothing_ends_at_the_deadline_with_all_of_its_processes(string silence)
    {
        string program = Script.Create("ssh", silence.Replace("sleep 1000", $"sleep {Lifetime()}", StringComparison.Ordinal));

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            () => ConnectAsync(program, doors.Options with { ConnectTimeout = Short }));

        Assert.Equal(ConnectFailure.TimedOut, error.Reason);
        await GoneAsync(program);
        await Eventually.IsTrueAsync(() => !TunnelProcesses.AnyWith(_lifetime));
    }

    [Theory]
    [InlineData("echo 'Welcome to host hv1!'; exec cat >/dev/null")]
    [InlineData("exec cat /dev/zero")]
    [InlineData("exec cat /dev/urandom")]
    [InlineData("exec cat")]
    public async Task A_far_side_that_says_something_else_is_no_daemon(string garbage)
    {
        string program = Script.Create("ssh", garbage);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => ConnectAsync(program, doors.Options));

        Assert.Equal(ConnectFailure.Protocol, error.Reason);
        await GoneAsync(program);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(700)]
    [InlineData(1800)]
    public async Task Ssh_whose_own_handshake_is_cut_says_so(int cut)
    {
        await using CuttingProxy proxy = CuttingProxy.OnLoopback(new IPEndPoint(IPAddress.Loopback, doors.Ssh.Port));
        (proxy.Cut, proxy.ClosesBothWays) = (cut, true);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync(Through(proxy), doors.Options));

        Assert.Equal(ConnectFailure.TunnelFailed, error.Reason);
        await NoSshToAsync(proxy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(1800)]
    public async Task Ssh_whose_own_handshake_stalls_ends_at_the_deadline(int cut)
    {
        await using CuttingProxy proxy = CuttingProxy.OnLoopback(new IPEndPoint(IPAddress.Loopback, doors.Ssh.Port));
        (proxy.Cut, proxy.Stalls) = (cut, true);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync(Through(proxy), doors.Options with { ConnectTimeout = Short }));

        Assert.Equal(ConnectFailure.TimedOut, error.Reason);
        await NoSshToAsync(proxy);
    }

    // A number of seconds that no other sleep has.
    private string Lifetime() => _lifetime = $"1000.{Guid.NewGuid().GetHashCode() & int.MaxValue}";

    private static async Task ConnectAsync(string program, HypervisorOptions options) =>
        await (await Hypervisor.ConnectAsync($"test+ssh://hv1/default?command={program}&socket=/far/side", options)).DisposeAsync();

    private static Task GoneAsync(string program) => Eventually.IsTrueAsync(() => !TunnelProcesses.AnyWith(program));

    private static Task NoSshToAsync(CuttingProxy proxy) =>
        Eventually.IsTrueAsync(() => !TunnelProcesses.AnyWith(proxy.Port.ToString(CultureInfo.InvariantCulture)));

    private string Through(CuttingProxy proxy) => $"test+ssh://{doors.SshParameters(port: proxy.Port)}&no_verify=1&socket={doors.Daemon.SocketPath}";
}
