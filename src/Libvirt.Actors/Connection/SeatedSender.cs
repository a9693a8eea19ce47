using System.Threading.Tasks.Sources;
using Libvirt.Transport;

namespace Libvirt.Connection;

/// <summary>
/// Sends what the kernel takes at once, and has a thread wait for it to take the rest. That thread then runs the connection's turn and lets the writers of
/// streams go on, whose next packet is what it waits for next: a long upload stays on one thread. A socket that takes nothing for long is left to a task.
/// </summary>
internal sealed class SeatedSender(ReaderSettings settings) : ISeatWork, IValueTaskSource
{
    private readonly Lock _gate = new();
    private readonly ContinuationTrust _trust = new(settings.Time);
    private ManualResetValueTaskSourceCore<bool> _sent;
    private IBlockingTransport? _transport;
    private ReadOnlyMemory<byte> _rest;
    private bool _isSeated;

    /// <summary>Sends all of <paramref name="bytes"/>; completes synchronously when the kernel takes them at once. One at a time.</summary>
    public ValueTask SendAsync(IBlockingTransport transport, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            int count = transport.TrySend(bytes.Span);
            return count == bytes.Length ? default : SendRestAsync(transport, bytes[count..]);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    SeatStep ISeatWork.Step(List<IWaiter>? answered)
    {
        ReadOnlyMemory<byte> rest;
        lock (_gate)
            rest = _rest;
        if (rest.IsEmpty)
            return SeatStep.Leave;
        int count;
        try
        {
            count = _transport!.Send(rest.Span);
        }
        catch (Exception error)
        {
            End(error, answered);
            return SeatStep.GoOn;
        }

        if (count < 0)
            return SeatStep.Leave;
        if (count == rest.Length)
            End(null, answered);
        else
            SetRest(rest[count..]);
        return SeatStep.GoOn;
    }

    void ISeatWork.Leave(bool ended, Exception? error)
    {
        ReadOnlyMemory<byte> rest;
        lock (_gate)
        {
            _isSeated = false;
            (rest, _rest) = (_rest, default);
        }

        if (!rest.IsEmpty)
            _ = SendByTaskAsync(rest);
    }

    private ValueTask SendRestAsync(IBlockingTransport transport, ReadOnlyMemory<byte> rest)
    {
        _sent.Reset();
        ValueTask sent = new(this, _sent.Version);
        _transport = transport;
        bool wasSeated;
        lock (_gate)
        {
            _rest = rest;
            wasSeated = _isSeated;
            _isSeated = true;
        }

        // A thread that has the seat comes back for it when those whom it told have gone on.
        if (!wasSeated && !new Seat(this, _trust, settings).TryOccupy())
            ((ISeatWork)this).Leave(ended: false, null);
        return sent;
    }

    private async Task SendByTaskAsync(ReadOnlyMemory<byte> rest)
    {
        Exception? failure = null;
        try
        {
            await _transport!.SendAsync(rest).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        Complete(failure);
    }

    /// <summary>All of it has gone, or cannot: the connection's turn runs here, with those who wait for it to be told after.</summary>
    private void End(Exception? error, List<IWaiter>? answered)
    {
        SetRest(default);
        AfterTurn.Begin(answered);
        try
        {
            Complete(error);
        }
        finally
        {
            AfterTurn.End();
        }
    }

    private void SetRest(ReadOnlyMemory<byte> rest)
    {
        lock (_gate)
            _rest = rest;
    }

    private void Complete(Exception? error)
    {
        if (error is null)
            _sent.SetResult(true);
        else
            _sent.SetException(error);
    }

    void IValueTaskSource.GetResult(short token) => _sent.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _sent.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _sent.OnCompleted(continuation, state, token, flags);
}
