using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

/// <summary>How transfers end that do not come to their own end.</summary>
public sealed class EndTests
{
    [Fact]
    public async Task An_opening_that_is_given_up_keeps_its_connection_for_the_next()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using CancellationTokenSource givesUp = new();
        Task<VolumeDownload> first = Volume(scenario).OpenDownloadAsync(cancellationToken: givesUp.Token).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Task<VolumeDownload> second = Volume(scenario).OpenDownloadAsync().AsTask();
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "1234"u8.ToArray()));
        Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));

        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        Assert.NotNull(await second);
        Assert.Equal(2, host.Attempts);
    }

    [Fact]
    public async Task An_opening_that_is_given_up_and_never_answered_costs_its_connection_in_the_end()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using CancellationTokenSource givesUp = new();
        Task<VolumeDownload> first = Volume(scenario).OpenDownloadAsync(cancellationToken: givesUp.Token).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Task<VolumeDownload> second = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon next = await BulkAsync(host, scenario);
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        Assert.NotNull(await second);
        Assert.True(bulk.Client.IsDisposed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_disposes_a_download_while_enumerating_it_leaves_the_loop_and_cannot_go_on(bool leaves)
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        VolumeDownload download = await opening;
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "12345678"u8.ToArray()));

        Task reading = Task.Run(async () =>
        {
            await foreach (ReadOnlyMemory<byte> _ in download.ReadAllAsync())
            {
                Task disposing = download.DisposeAsync().AsTask();
                Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
                await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
                await disposing;
                if (leaves)
                    break;
            }
        });

        if (leaves)
            await reading;
        else
            await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
    }

    [Fact]
    public async Task Closing_lets_a_transfer_end_that_is_about_to()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        VolumeDownload download = await opening;

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "the rest"u8.ToArray()));
        await EndAsync(bulk, call);
        Assert.Equal("the rest"u8.ToArray(), await AllAsync(download));
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);

        await closing;
        await download.Completion;
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_transfer_beyond_its_limit()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        VolumeDownload download = await opening;

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        while (!closing.IsCompleted)
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));

        await closing;
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => download.Completion);
    }

    [Fact]
    public async Task Closing_wakes_a_transfer_that_waits_to_resume()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).DownloadAsync(Stream.Null).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        bulk.Close();
        await scenario.Kit.SettleAsync();

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        await closing;

        // Time stands still: it is the closing that ends the wait, and no timer is left.
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => transfer);
    }
}
