using System.Buffers.Binary;
using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

/// <summary>Daemons that hang up, fall silent or lie, at every byte of every way through the door: the documented error in time, and nothing left behind.</summary>
public sealed class BrokenHandshakeTests
{
    private static readonly HypervisorOptions Options = new()
    {
        Credentials = new LibvirtCredentials(HandshakePeer.User, HandshakePeer.Password),
        ConnectTimeout = TimeSpan.FromSeconds(7),
        Reconnect = false,
    };

    public static TheoryData<string> Ways => ["none", "polkit", "PLAIN", "SCRAM-SHA-256"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_daemon_that_hangs_up_after_any_byte_is_a_lost_attempt(string way)
    {
        int cut = 0;
        while (!await BreaksAsync(way, cut, ConnectFailure.Lost, async (kit, peer, connecting) =>
        {
            peer.Daemon.Close();
            await Task.WhenAny(connecting);
        }))
        {
            cut++;
        }

        Assert.True(cut > 90, $"{cut} bytes");
    }

    [Fact]
    public async Task A_daemon_that_hangs_up_behind_its_last_answer_is_a_lost_attempt_if_nobody_had_the_connection_yet()
    {
        for (int round = 0; round < 50; round++)
        {
            await using VirtualActorSystem kit = new();
            HandshakePeer peer = new("none", int.MaxValue);
            await using LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
            runtime.Connector = peer.Daemon;
            Task<Hypervisor> connecting = runtime.ConnectAsync("test:///default", Options).AsTask();
            Assert.True(await peer.PlayAsync());
            peer.Daemon.Close();

            if (await Record.ExceptionAsync(() => connecting) is { } error)
                Assert.Equal(ConnectFailure.Lost, Assert.IsType<LibvirtConnectException>(error).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_daemon_that_falls_silent_after_any_byte_is_left_at_the_deadline(string way)
    {
        int cut = 0;
        while (!await BreaksAsync(way, cut, ConnectFailure.TimedOut, async (kit, _, connecting) =>
        {
            await kit.AdvanceAsync(TimeSpan.FromSeconds(6.9));
            Assert.False(connecting.IsCompleted);
            while (!connecting.IsCompleted)
                await kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        }))
        {
            cut++;
        }

        Assert.True(cut > 90, $"{cut} bytes");
    }

    public static TheoryData<string, string, string> Lies => new()
    {
        { "a frame of more than the limit", "none", "02000005" },
        { "a frame shorter than its header", "none", "0000001b" },
        { "more ways than there may be", "none", "AuthList 00000015" },
        { "more ways than there are bytes", "none", "AuthList ffffffff" },
        { "ways that nobody knows", "none", "AuthList 0000000100000063" },
        { "a name of a mechanism without end", "PLAIN", "AuthSaslInit ffffffff" },
        { "a name of a mechanism that is longer than the frame", "PLAIN", "AuthSaslInit 0000ffff41414141" },
        { "a challenge of more than the limit", "SCRAM-SHA-256", "AuthSaslStart 000000000000000000010001" },
        { "a challenge without end", "SCRAM-SHA-256", "AuthSaslStart 0000000000000000ffffffff" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_daemon_that_lies_about_sizes_does_not_speak_the_protocol(string what, string way, string lie)
    {
        await using VirtualActorSystem kit = new();
        HandshakePeer peer = new(way, int.MaxValue);
        await using LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
        runtime.Connector = peer.Daemon;
        Task<Hypervisor> connecting = runtime.ConnectAsync("test:///default", Options).AsTask();
        string[] words = lie.Split(' ');
        byte[] payload = Convert.FromHexString(words[^1]);

        if (words.Length == 1)
        {
            await peer.Daemon.NextFrameAsync();
            await peer.Daemon.SendBytesAsync(payload.Concat(new byte[28]).ToArray());
        }
        else
        {
            SentFrame call = await peer.PlayUntilAsync($"REMOTE_PROC_{Snake(words[0])}");
            byte[] frame = [.. Frames.Encode(call.Header with { Type = MessageType.Reply }, XdrVoid.Value), .. payload];
            BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
            await peer.Daemon.SendBytesAsync(frame);
        }

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.True(error.Reason is ConnectFailure.Protocol, $"{what}: {error}");
        Assert.True(peer.Daemon.Client.IsDisposed);
        Assert.Equal(1, ActorTree.CountLivingActors(kit.System));
    }

    private static async Task<bool> BreaksAsync(
        string way, int cut, ConnectFailure documented, Func<VirtualActorSystem, HandshakePeer, Task<Hypervisor>, Task> breakOff)
    {
        await using VirtualActorSystem kit = new();
        HandshakePeer peer = new(way, cut);
        await using LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
        runtime.Connector = peer.Daemon;
        Task<Hypervisor> connecting = runtime.ConnectAsync("test:///default", Options).AsTask();
        if (await peer.PlayAsync())
        {
            await connecting;
            peer.Daemon.Close();
            return true;
        }

        await breakOff(kit, peer, connecting);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.True(error.Reason == documented, $"{way}, cut after {cut} bytes: {error}");
        Assert.True(peer.Daemon.Client.IsDisposed);
        Assert.Equal(1, ActorTree.CountLivingActors(kit.System));
        return false;
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
