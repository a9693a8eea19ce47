using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class RecordingProxyTests : IAsyncLifetime
{
    private const int ConnectOpen = 1;
    private const int ConnectGetHostname = 59;

    private LibvirtDaemon _daemon = null!;

    private static bool IsHostname(RpcFrame frame) => frame.Procedure == ConnectGetHostname;

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_directions_are_recorded_on_either_kind_of_socket(bool overTcp)
    {
        RecordingProxy proxy = overTcp ? _daemon.OpenTcpProxy() : _daemon.OpenProxy();

        await Virsh.On(proxy.Uri("test", "/default")).RunAsync("hostname");

        RecordedFrame[] hostname = [.. proxy.Recording.Frames.Where(frame => IsHostname(frame.Frame))];
        Assert.Equal([(true, RpcType.Call), (false, RpcType.Reply)], hostname.Select(frame => (frame.IsFromClient, frame.Frame.Type)));
        Assert.Equal(hostname[0].Frame.Serial, hostname[1].Frame.Serial);
        Assert.All(proxy.Recording.Frames, frame => Assert.True(frame.Frame.IsWhole));
        await Eventually.IsTrueAsync(() => proxy.OpenConnections == 0, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_held_reply_comes_when_it_is_released()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        FaultRule rule = proxy.ToClient.When(IsHostname, rule => rule.Hold());

        Task<string> call = Virsh.On(proxy.Uri("test", "/default")).RunAsync("hostname");
        await rule.HitAsync();
        Assert.False(call.IsCompleted);
        await rule.ReleaseAsync();

        Assert.NotEmpty(await call);
    }

    [Fact]
    public async Task A_paused_direction_loses_nothing()
    {
        RecordingProxy proxy = _daemon.OpenProxy();

        proxy.ToClient.Pause();
        Task<string> call = Virsh.On(proxy.Uri("test", "/default")).RunAsync("hostname");
        await Eventually.IsTrueAsync(() => proxy.Recording.Frames.Count > 0, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        proxy.ToClient.Resume();

        Assert.NotEmpty(await call);
    }

    [Fact]
    public async Task A_dropped_call_never_reaches_the_daemon()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        FaultRule rule = proxy.ToDaemon.When(IsHostname, rule => rule.Drop());

        Task<CommandResult> call = Virsh.On(proxy.Uri("test", "/default")).TryAsync("hostname");
        await rule.HitAsync();
        Assert.False(call.IsCompleted);
        proxy.CloseConnections();

        Assert.Equal(1, (await call).ExitCode);
        Assert.DoesNotContain(proxy.Recording.Frames, frame => !frame.IsFromClient && IsHostname(frame.Frame));
    }

    [Fact]
    public async Task A_truncated_reply_ends_the_connection()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        proxy.ToClient.When(IsHostname, rule => rule.TruncateAndClose(30));

        CommandResult call = await Virsh.On(proxy.Uri("test", "/default")).TryAsync("hostname");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("End of file", call.Error);
    }

    [Fact]
    public async Task A_rewritten_reply_is_what_the_client_gets()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        proxy.ToClient.When(IsHostname, rule => rule.Rewrite(WithLyingStringLength));

        CommandResult call = await Virsh.On(proxy.Uri("test", "/default")).TryAsync("hostname");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Unable to decode message payload", call.Error);
    }

    [Fact]
    public async Task A_rule_for_a_number_of_messages_lets_the_next_ones_go()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        FaultRule rule = proxy.ToDaemon.When(frame => frame.Procedure == ConnectOpen, rule => rule.Close().Times(1));
        Virsh virsh = Virsh.On(proxy.Uri("test", "/default"));

        CommandResult first = await virsh.TryAsync("hostname");
        CommandResult second = await virsh.TryAsync("hostname");

        Assert.Equal((1, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(1, rule.Hits);
    }

    [Fact]
    public async Task Clients_that_are_not_admitted_are_closed()
    {
        RecordingProxy proxy = _daemon.OpenProxy();
        proxy.AdmitsClients = false;

        CommandResult call = await Virsh.On(proxy.Uri("test", "/default")).TryAsync("hostname");

        Assert.Equal(1, call.ExitCode);
        Assert.DoesNotContain(proxy.Recording.Frames, frame => !frame.IsFromClient);
    }

    private static byte[] WithLyingStringLength(byte[] message)
    {
        message[RpcFrame.PrefixSize + 1] = 0x3f;
        return message;
    }
}
