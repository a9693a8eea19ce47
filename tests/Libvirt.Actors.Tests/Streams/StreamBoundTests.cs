using Libvirt.TestKit;
using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams;

public sealed class StreamBoundTests
{
    private static readonly byte[] Chunk = new byte[4096];

    [Fact]
    public async Task A_reader_that_does_not_read_loses_its_stream_when_the_buffer_is_full()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync(new StreamOptions { BufferSize = 4096 });

        await scenario.SendAsync(Chunk);
        await scenario.ConnectionWorksAsync();
        await scenario.SendAsync(Chunk);
        await scenario.ExpectPacketAsync(MessageStatus.Error);
        await scenario.SendAsync(MessageStatus.Ok);

        await Assert.ThrowsAsync<LibvirtStreamOverflowException>(() => scenario.Stream.Completion);
        Assert.Equal(Chunk, await StreamScenario.ReadAsync(scenario.Stream.Input, Chunk.Length));
        await Assert.ThrowsAsync<LibvirtStreamOverflowException>(() => scenario.Stream.Input.ReadAsync().AsTask());
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task A_reader_that_chose_to_miss_data_is_told_how_much()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync(
            new StreamOptions { BufferSize = 4096, Overflow = StreamOverflow.DropNewest });

        await scenario.SendAsync(Chunk);
        await scenario.SendAsync(Chunk);
        await scenario.SendAsync(Chunk);
        await scenario.ConnectionWorksAsync();
        Assert.Equal(2 * Chunk.Length, scenario.Stream.Dropped);

        Assert.Equal(Chunk, await StreamScenario.ReadAsync(scenario.Stream.Input, Chunk.Length));

        // The room that was read becomes free a moment later; until then more is missed as well.
        Task<byte[]> reading = StreamScenario.ReadAsync(scenario.Stream.Input, 4);
        do
        {
            await scenario.SendAsync("more"u8.ToArray());
            await scenario.ConnectionWorksAsync();
        }
        while (!reading.IsCompleted && scenario.Stream.Dropped > 2 * Chunk.Length);

        Assert.Equal("more"u8.ToArray(), await reading);
    }

    [Fact]
    public async Task A_write_waits_for_the_socket_and_calls_go_between()
    {
        ConnectedScenario connected = await ConnectedScenario.StartAsync(daemon: new ScriptedDaemon(clientSendBuffer: 4096));
        await using StreamScenario scenario = await StreamScenario.OpenAsync(connected: connected);

        // The first write is taken by the blocked socket, the second waits for it.
        await scenario.Stream.Output.WriteAsync(new byte[10_000]);
        Task<FlushResult> second = scenario.Stream.Output.WriteAsync(new byte[20_000]).AsTask();
        Task<ulong> version = connected.AskVersionAsync();
        await connected.Kit.SettleAsync();
        Assert.False(second.IsCompleted);

        Assert.Equal(10_000, (await scenario.ExpectPacketAsync(MessageStatus.Continue)).Length);
        await connected.AnswerVersionAsync(7);
        Assert.Equal(7ul, await version);
        Assert.Equal(20_000, (await scenario.ExpectPacketAsync(MessageStatus.Continue)).Length);
        await second;
    }

    [Fact]
    public async Task A_write_that_is_given_up_before_the_socket_takes_it_sends_nothing_and_gives_the_memory_back()
    {
        ConnectedScenario connected = await ConnectedScenario.StartAsync(daemon: new ScriptedDaemon(clientSendBuffer: 4096));
        await using StreamScenario scenario = await StreamScenario.OpenAsync(connected: connected);
        PortWritingStream writing = new(Port(scenario));
        using CancellationTokenSource cancellation = new();

        await writing.WriteAsync(new byte[10_000]);
        Task given = writing.WriteAsync(new byte[20_000], cancellation.Token).AsTask();
        await connected.Kit.SettleAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Task last = writing.WriteAsync("last"u8.ToArray()).AsTask();

        Assert.Equal(10_000, (await scenario.ExpectPacketAsync(MessageStatus.Continue)).Length);
        Assert.Equal("last"u8.ToArray(), await scenario.ExpectPacketAsync(MessageStatus.Continue));
        await last;
    }

    [Fact]
    public async Task Large_writes_go_in_packets_that_every_daemon_takes()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();
        byte[] data = new byte[600_001];
        new Random(7).NextBytes(data);

        Task<FlushResult> writing = scenario.Stream.Output.WriteAsync(data).AsTask();
        List<byte> got = [];
        while (got.Count < data.Length)
        {
            byte[] packet = await scenario.ExpectPacketAsync(MessageStatus.Continue);
            Assert.InRange(packet.Length, 1, 262120);
            got.AddRange(packet);
        }

        await writing;
        Assert.Equal(data, got);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Wherever_a_stream_is_disposed_the_connection_stays_and_the_next_stream_works(int seed)
    {
        Random random = new(seed);
        ConnectedScenario connected = await ConnectedScenario.StartAsync();
        await using (connected)
        {
            long actors = ActorTree.CountLivingActors(connected.Kit.System);
            for (int round = 0; round < 40; round++)
            {
                StreamScenario scenario = await StreamScenario.OpenAsync(connected: connected);
                int before = random.Next(6);
                for (int i = 0; i < before; i++)
                    await scenario.SendAsync(new byte[4 * random.Next(1, 3000)]);
                if (random.Next(2) == 0 && before > 0)
                    await StreamScenario.ReadAsync(scenario.Stream.Input, 4);
                Task disposing = scenario.Stream.DisposeAsync().AsTask();
                await scenario.ExpectPacketAsync(MessageStatus.Error);
                for (int i = random.Next(4); i > 0; i--)
                    await scenario.SendAsync(new byte[4 * random.Next(1, 3000)]);
                await scenario.SendAsync(MessageStatus.Ok);
                await disposing;
                await scenario.ConnectionWorksAsync();
            }

            await connected.Kit.SettleAsync();
            Assert.Equal(actors, ActorTree.CountLivingActors(connected.Kit.System));
        }
    }

    private static StreamPort Port(StreamScenario scenario) => scenario.Stream.Port;
}
