using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Actors.Embedded;

/// <summary>The mailbox of an actor that takes <typeparamref name="TMessage"/>: a ring that grows to the configured capacity and keeps its size.</summary>
internal sealed class TypedMailbox<TMessage>(Lock gate, int capacity) : Mailbox(gate)
{
    private const int SmallestRing = 8;

    private readonly int _capacity = capacity;
    private TMessage[] _ring = [];
    private int _head;
    private int _count;
    private Notice<TMessage>? _firstNotice;
    private Notice<TMessage>? _lastNotice;

    public override int WaitingMessages => Volatile.Read(ref _count);

    /// <summary>
    /// Adds a user message. With <paramref name="mayHandOver"/>, a claim on an idle actor leaves the message with the caller, who handles
    /// it at once instead of taking it out again.
    /// </summary>
    public TellResult Post(TMessage message, bool mayHandOver, out Claim claim)
    {
        claim = Claim.None;
        lock (Gate)
        {
            if (IsStopRequested)
                return TellResult.Stopped;
            if (IsOpen && TryClaim())
            {
                if (mayHandOver)
                {
                    claim = Claim.WithMessage;
                    return TellResult.Accepted;
                }

                claim = Claim.Turn;
            }
            else if (_count >= _capacity)
            {
                return TellResult.MailboxFull;
            }

            Enqueue(message);
            return TellResult.Accepted;
        }
    }

    /// <summary>Adds a notice. True when the caller now holds the claim.</summary>
    public bool Post(Notice<TMessage> notice)
    {
        lock (Gate)
        {
            if (IsStopRequested)
                return false;
            if (_lastNotice is null)
                _firstNotice = notice;
            else
                _lastNotice.Next = notice;
            _lastNotice = notice;
            return IsOpen && TryClaim();
        }
    }

    /// <summary>
    /// The next thing to do, or <see cref="Work.None"/> after giving the claim back. With <paramref name="batchOpen"/>, a batch's end is
    /// due before that and before a stop.
    /// </summary>
    public Work Take(bool batchOpen, out ControlSignal? signal, out Notice<TMessage>? notice, [MaybeNull] out TMessage message)
    {
        signal = null;
        notice = null;
        message = default;
        lock (Gate)
        {
            if (IsStopUnseen)
            {
                if (batchOpen)
                    return Work.BatchEnd;
                IsStopUnseen = false;
                return Work.Stop;
            }

            signal = TakeSignal();
            if (signal is not null)
                return Work.Signal;
            if (IsOpen)
            {
                notice = TakeNotice();
                if (notice is not null)
                    return Work.Notice;
                if (_count > 0)
                {
                    message = Dequeue();
                    return Work.Message;
                }
            }

            if (batchOpen)
                return Work.BatchEnd;
            IsClaimed = false;
            return Work.None;
        }
    }

    /// <summary>Gives the claim back when nothing is left to do; false when something is, and the claim stays.</summary>
    public bool TryRelease()
    {
        lock (Gate)
        {
            if (IsStopUnseen || HasSignal || (IsOpen && (_firstNotice is not null || _count > 0)))
                return false;
            IsClaimed = false;
            return true;
        }
    }

    /// <summary>Takes out a message that no instance will see.</summary>
    public bool TryTakeLeftover([MaybeNullWhen(false)] out TMessage message)
    {
        lock (Gate)
        {
            if (_count == 0)
            {
                _ring = [];
                message = default;
                return false;
            }

            message = Dequeue();
            return true;
        }
    }

    private Notice<TMessage>? TakeNotice()
    {
        Notice<TMessage>? notice = _firstNotice;
        if (notice is null)
            return null;
        _firstNotice = notice.Next;
        if (_firstNotice is null)
            _lastNotice = null;
        notice.Next = null;
        return notice;
    }

    private void Enqueue(TMessage message)
    {
        if (_count == _ring.Length)
            Grow();
        _ring[(_head + _count) & (_ring.Length - 1)] = message;
        _count++;
    }

    private TMessage Dequeue()
    {
        ref TMessage slot = ref _ring[_head];
        TMessage message = slot;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TMessage>())
            slot = default!;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return message;
    }

    // The ring's length is a power of two, so that a mask wraps its indexes.
    private void Grow()
    {
        var larger = new TMessage[Math.Max(SmallestRing, _ring.Length * 2)];
        for (int i = 0; i < _count; i++)
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }
}
