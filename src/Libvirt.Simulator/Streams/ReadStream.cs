using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>A stream that carries data from the daemon. It sends a packet when the transport has taken the one before.</summary>
internal sealed class ReadStream : SessionStream
{
    private readonly IEnumerable<VolumePiece> _pieces;
    private readonly bool _isSparse;
    private readonly CancellationTokenSource _ended = new();

    /// <param name="pieces">What to send; read as the client takes it.</param>
    /// <param name="isSparse">Whether holes may be sent as such.</param>
    public ReadStream(IEnumerable<VolumePiece> pieces, bool isSparse)
    {
        _pieces = pieces;
        _isSparse = isSparse;
    }

    public override bool IsSparse => _isSparse;

    public override void Start() => _ = PumpAsync();

    public override void Receive(in ReadOnlySequence<byte> data)
    {
        // Nothing is expected from the client here; libvirtd lets it pass too.
    }

    public override void Close() => _ended.Cancel();

    private async Task PumpAsync()
    {
        try
        {
            await SendAllAsync().ConfigureAwait(false);
        }
        catch (SimulatedFailureException failure)
        {
            Fail(failure);
        }
    }

    private async Task SendAllAsync()
    {
        foreach (VolumePiece piece in _pieces)
        {
            if (_ended.IsCancellationRequested || Fault is StreamFault fault && BreakIfDue(fault, piece.Length))
                return;
            if (piece.IsHole)
                SendHole(piece.Length);
            else
                SendData(piece.Data.Span);
            await Session.DrainAsync().ConfigureAwait(false);
        }
        if (!_ended.IsCancellationRequested)
            SendEndOfData();
    }
}
