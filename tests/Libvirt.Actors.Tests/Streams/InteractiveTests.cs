using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

public sealed class InteractiveTests
{
    private static readonly StreamOptions Small = new() { BufferSize = 4096 };

    [Fact]
    public async Task A_console_has_a_connection_of_its_own_where_a_reader_that_does_not_read_loses_nothing()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        (ScriptedDaemon daemon, SentFrame call, LibvirtStream console) = await OpenAsync(host, scenario);
        await using LibvirtStream disposed = console;

        for (int i = 0; i < 4; i++)
            await daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, [.. Enumerable.Repeat((byte)i, 4096)]));
        byte[] all = await StreamScenario.ReadAsync(console.Input, 4096);
        for (int i = 1; i < 4; i++)
            all = [.. all, .. await StreamScenario.ReadAsync(console.Input, 4096)];

        Assert.Equal(Enumerable.Range(0, 4).SelectMany(i => Enumerable.Repeat((byte)i, 4096)), all);
        Assert.Equal(0, console.Dropped);
        Task disposing = console.DisposeAsync().AsTask();
        Assert.Equal(MessageStatus.Error, (await daemon.NextFrameAsync())!.Header.Status);
        await daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await disposing;
    }

    [Fact]
    public async Task A_guest_that_does_not_read_holds_up_neither_calls_nor_keepalive_nor_the_console_s_own_end()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            host, Options with { KeepAliveInterval = TimeSpan.FromSeconds(1), CloseTimeout = TimeSpan.FromSeconds(3) }, keepAlive: false);
        (ScriptedDaemon daemon, _, LibvirtStream console) = await OpenAsync(host, scenario);

        // The daemon takes the paste and reads nothing afterwards, no ping either.
        await console.Output.WriteAsync("a large paste..."u8.ToArray());
        await daemon.NextFrameAsync();
        for (int second = 0; second < 60; second++)
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.False(console.Completion.IsCompleted);
        Task<ulong> version = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(7);
        Assert.Equal(7ul, await version);

        Task disposing = console.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        await disposing;
        Assert.True(daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task Consoles_beyond_the_limit_wait_for_their_turn_and_do_not_take_the_place_of_transfers()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options with { MaxInteractiveConnections = 1 }, keepAlive: false);
        (ScriptedDaemon daemon, SentFrame call, LibvirtStream first) = await OpenAsync(host, scenario);

        Task<LibvirtStream> second = StreamScenario.Guest(scenario).OpenConsoleAsync().AsTask();
        Task<VolumeDownload> download = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        _ = await download;
        Assert.False(second.IsCompleted);

        Task disposing = first.DisposeAsync().AsTask();
        Assert.Equal(MessageStatus.Error, (await daemon.NextFrameAsync())!.Header.Status);
        await daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await disposing;
        await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole), XdrVoid.Value);
        Assert.NotNull(await second);
        Assert.Equal(3, host.Attempts);
    }

    [Fact]
    public async Task A_reader_that_looks_at_more_than_the_buffer_holds_and_takes_nothing_is_told_so()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        (ScriptedDaemon daemon, SentFrame call, LibvirtStream console) = await OpenAsync(host, scenario);
        for (int i = 0; i < 4; i++)
            await daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, new byte[2048]));

        // As much as the buffer holds may be looked at.
        ReadResult result = await console.Input.ReadAtLeastAsync(4096);
        console.Input.AdvanceTo(result.Buffer.Start, result.Buffer.GetPosition(4096));
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => console.Input.ReadAtLeastAsync(10_000).AsTask());

        Assert.Contains("4096", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(ScriptedDaemon Daemon, SentFrame Call, LibvirtStream Console)> OpenAsync(ScriptedHost host, ConnectedScenario scenario)
    {
        Task<LibvirtStream> opening = StreamScenario.Guest(scenario).OpenConsoleAsync(options: Small).AsTask();
        ScriptedDaemon daemon = await BulkAsync(host);
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        return (daemon, call, await opening);
    }
}
