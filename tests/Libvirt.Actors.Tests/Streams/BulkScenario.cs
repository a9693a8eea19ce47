using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams;

/// <summary>Volumes whose daemon is played by the test, connection by connection.</summary>
internal static class BulkScenario
{
    public static readonly HypervisorOptions Options = ConnectedScenario.Steady with
    {
        KeepAliveInterval = TimeSpan.FromMinutes(10),
        StreamBuffer = 64 * 1024,
        MaxBulkConnections = 1,
        ExtraConnectionIdle = TimeSpan.FromSeconds(30),
    };

    public const uint KeepAlive = 0x6b656570;

    public static StorageVolume Volume(ConnectedScenario scenario) => new(scenario.Hypervisor, new RemoteStorageVol("pool", "disk", "/pool/disk"));

    public static async Task<ScriptedDaemon> BulkAsync(ScriptedHost host, ConnectedScenario? untilItComes = null)
    {
        Task<ScriptedDaemon> attempt = host.NextAttemptAsync();
        while (untilItComes is not null && !attempt.IsCompleted)
        {
            await untilItComes.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
            // What has ended a connection is told on other threads: time that runs away from them makes a transfer give up.
            await Task.WhenAny(attempt, Task.Delay(20));
        }

        ScriptedDaemon daemon = await attempt;
        // Keepalive is not asked for: a daemon must not ping whom it may have to wait for.
        await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.ConnectOpen), XdrVoid.Value);
        return daemon;
    }

    public static async Task EndAsync(ScriptedDaemon bulk, SentFrame call)
    {
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        Assert.Equal(MessageStatus.Ok, (await bulk.NextFrameAsync())!.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
    }

    /// <summary>Waits until that much has come, without taking any of it.</summary>
    public static async Task BecomesFullAsync(PipeReader reader, int size)
    {
        for (long there = 0; there < size; await Task.Yield())
        {
            if (!reader.TryRead(out ReadResult result))
                continue;
            there = result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.Start);
        }
    }

    public static Task HoleAsync(ScriptedDaemon bulk, SentFrame call, long length) =>
        bulk.SendAsync(call.Header with { Type = MessageType.StreamHole, Status = MessageStatus.Continue }, new StreamHole(length, 0));

    public static async Task<byte[]> AllAsync(VolumeDownload download)
    {
        using MemoryStream all = new();
        await foreach (ReadOnlyMemory<byte> piece in download.ReadAllAsync())
            all.Write(piece.Span);
        return all.ToArray();
    }

    public sealed class Recorder(List<TransferProgress> seen) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => seen.Add(value);
    }
}
