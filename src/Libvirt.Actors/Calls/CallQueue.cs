using System.Collections;

namespace Libvirt.Calls;

/// <summary>
/// Calls that wait for a place in the window, first come first served. A linked list through the calls themselves: a cancelled call leaves from
/// the middle at once and nothing is allocated.
/// </summary>
internal sealed class CallQueue : IEnumerable<IPendingCall>
{
    private IPendingCall? _head;
    private IPendingCall? _tail;

    public int Count { get; private set; }

    /// <summary>The one whose turn is next.</summary>
    public IPendingCall? First => _head;

    public void Enqueue(IPendingCall call)
    {
        call.Queue = this;
        call.Previous = _tail;
        if (_tail is null)
            _head = call;
        else
            _tail.Next = call;
        _tail = call;
        Count++;
    }

    public IPendingCall? Dequeue()
    {
        IPendingCall? head = _head;
        if (head is not null)
            Remove(head);
        return head;
    }

    public void Remove(IPendingCall call)
    {
        if (call.Previous is { } previous)
            previous.Next = call.Next;
        else
            _head = call.Next;
        if (call.Next is { } next)
            next.Previous = call.Previous;
        else
            _tail = call.Previous;
        call.Next = null;
        call.Previous = null;
        call.Queue = null;
        Count--;
    }

    public IEnumerator<IPendingCall> GetEnumerator()
    {
        for (IPendingCall? call = _head; call is not null; call = call.Next)
            yield return call;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
