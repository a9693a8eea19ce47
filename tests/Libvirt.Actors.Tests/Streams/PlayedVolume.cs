using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams;

/// <summary>Plays daemons that serve one volume over and over: downloads of it, uploads into nothing, and whatever end the client chooses.</summary>
internal sealed class PlayedVolume(ScriptedHost host, int packets, int packetSize)
{
    /// <summary>Plays every connection that is made, until cancelled.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        List<Task> connections = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            ScriptedDaemon daemon;
            try
            {
                daemon = await host.NextAttemptAsync().WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            connections.Add(new Connection(daemon, packets, packetSize).PlayAsync(cancellationToken));
        }

        await Task.WhenAll(connections);
    }

    private sealed class Connection(ScriptedDaemon daemon, int packets, int packetSize)
    {
        private readonly SemaphoreSlim _sending = new(1);
        private volatile SentFrame? _running;
        private Task _pumping = Task.CompletedTask;

        public async Task PlayAsync(CancellationToken cancellationToken)
        {
            while (await NextAsync(cancellationToken) is { } frame)
            {
                if (frame.Header.Type == MessageType.Call)
                    await AnswerAsync(frame);
                else if (frame.Header is { Type: MessageType.Stream, Status: not MessageStatus.Continue })
                    await AcknowledgeAsync(frame);
            }
        }

        private async Task<SentFrame?> NextAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await daemon.NextFrameAsync().WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        private async Task AnswerAsync(SentFrame call)
        {
            if (call.Header.Procedure == RemoteProcedures.AuthList.Number)
            {
                await SendAsync(call, new AuthListRet { Types = [] });
                return;
            }

            await SendAsync(call, XdrVoid.Value);
            if (call.Header.Procedure != RemoteProcedures.StorageVolDownload.Number)
                return;
            _running = call;
            _pumping = PumpAsync(call);
        }

        private async Task AcknowledgeAsync(SentFrame end)
        {
            _running = null;
            await _pumping;
            await SendBytesAsync(StreamScenario.Packet(end, MessageStatus.Ok, []));
        }

        private async Task PumpAsync(SentFrame call)
        {
            for (int i = 0; i < packets && _running == call; i++)
                await SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, new byte[packetSize]));
            if (_running == call)
                await SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        }

        private Task SendAsync(SentFrame call, IXdrWritable result) =>
            SendBytesAsync(Frames.Encode(call.Header with { Type = MessageType.Reply }, result));

        private async Task SendBytesAsync(byte[] bytes)
        {
            await _sending.WaitAsync();
            try
            {
                await daemon.SendBytesAsync(bytes);
            }
            finally
            {
                _sending.Release();
            }
        }
    }
}
