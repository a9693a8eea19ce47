using System.Buffers.Binary;

namespace Libvirt.Simulator;

internal sealed partial class ClientSession
{
    private async Task<bool> AdmitAsync()
    {
        if (_endpoint.Host is { IsUp: false })
            return false;
        switch (_simulator.Script.FindConnectFault(this))
        {
            case { Kind: ConnectFaultKind.Refuse }:
                return false;
            case { Kind: ConnectFaultKind.Delay } delay:
                await WaitAsync(delay.Time).ConfigureAwait(false);
                return true;
            default:
                return true;
        }
    }

    private async Task ServeFaultilyAsync(PreparedCall call, CallFault fault)
    {
        try
        {
            await (fault switch
            {
                CallFault.Delay delay => ServeLaterAsync(call, delay.Time),
                CallFault.Stall stall => ServeAfterSilenceAsync(call, stall.Duration),
                CallFault.Drop { Served: true } => ServeThenCloseAsync(call),
                CallFault.Truncate truncate => SendThenCloseAsync(Invoke(call).Reply.AsMemory(), truncate.Bytes),
                _ => Now(call, fault),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The connection ended while the call was held back.
        }
    }

    private Task Now(PreparedCall call, CallFault fault)
    {
        switch (fault)
        {
            case CallFault.NeverReply:
                Invoke(call);
                return Task.CompletedTask;
            case CallFault.Refuse refuse:
                Complete(call, new CallOutcome(FrameEncoder.Encode(ErrorHeader(call.Header), refuse.Failure.ToWire()), null));
                return Task.CompletedTask;
            case CallFault.Drop:
                Close();
                return Task.CompletedTask;
            case CallFault.CrashHost crash:
                (Host ?? _endpoint.Host)?.CrashDaemon(crash.ComeBackAfter);
                Close();
                return Task.CompletedTask;
            case CallFault.Storm storm:
                (Host ?? _endpoint.Host)?.EmitStorm(storm.Events);
                break;
            case CallFault.Run run:
                run.Action(_simulator);
                break;
        }
        Complete(call, Harm(Invoke(call), fault));
        return Task.CompletedTask;
    }

    private static CallOutcome Harm(CallOutcome outcome, CallFault fault)
    {
        byte[] reply = outcome.Reply;
        switch (fault)
        {
            case CallFault.Corrupt corrupt:
                int start = corrupt.Offset ?? (reply.Length > FrameLimits.PrefixSize ? FrameLimits.PrefixSize : FrameLimits.PrefixSize - 4);
                for (int i = start; i < Math.Min(start + corrupt.Count, reply.Length); i++)
                    reply[i] ^= 0xFF;
                break;
            case CallFault.Lie lie:
                BinaryPrimitives.WriteUInt32BigEndian(reply, lie.Length);
                break;
            case CallFault.BreakStream broken when outcome.Stream is not null:
                outcome.Stream.Fault = broken.Fault;
                break;
        }
        return outcome;
    }

    private async Task ServeLaterAsync(PreparedCall call, TimeSpan delay)
    {
        await WaitAsync(delay).ConfigureAwait(false);
        Complete(call, Invoke(call));
    }

    private async Task ServeAfterSilenceAsync(PreparedCall call, TimeSpan? duration)
    {
        Freeze();
        await WaitAsync(duration).ConfigureAwait(false);
        Complete(call, Invoke(call));
        Thaw();
    }

    private Task ServeThenCloseAsync(PreparedCall call)
    {
        Invoke(call);
        Close();
        return Task.CompletedTask;
    }

    private async Task SendThenCloseAsync(ReadOnlyMemory<byte> reply, int bytes)
    {
        _outbound.Send(reply.Span[..Math.Min(bytes, reply.Length)]);
        await CloseWhenDrainedAsync().ConfigureAwait(false);
    }

    private Task WaitAsync(TimeSpan? time) => Task.Delay(time ?? Timeout.InfiniteTimeSpan, _simulator.Time, Ended);
}
