namespace Libvirt.Connection;

/// <summary>
/// How long a reading thread rests before it receives again while the daemon has many calls to answer. A thread that waits in the receive is woken for
/// nearly each reply, which costs the daemon, who wakes it, more than the reply itself. One that rests finds many replies at once, as with a network card
/// that gathers packets before it interrupts. It comes back before the daemon has run out of calls: each rest teaches it how long the next may be.
/// </summary>
internal sealed class ReplyGathering
{
    /// <summary>With fewer calls than that at the daemon there is nothing to be gathered.</summary>
    public const int Fewest = 12;

    /// <summary>What the daemon shall still have to do when the thread is back: the calls that it works on at a time, and a little more.</summary>
    public const int Reserve = 8;

    /// <summary>The first rest, and the only one with a daemon that answers fewer than two calls in the time: nobody waits longer for that.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(100);

    /// <summary>What a reply or an event may be late because of it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(1);

    private TimeSpan _next = Shortest;
    private int _calls;

    /// <summary>How long to rest now, with so many calls at the daemon; zero for not at all.</summary>
    public TimeSpan Rest(int calls)
    {
        _calls = calls;
        return calls >= Fewest ? _next : TimeSpan.Zero;
    }

    /// <summary>What came after the rest has been received, and so many calls are left at the daemon.</summary>
    public void Received(int left)
    {
        if (_calls < Fewest)
            return;
        if (left < Reserve || _calls - left < 2)
            _next = TimeSpan.FromTicks(Math.Max(_next.Ticks - (_next.Ticks / 4), Shortest.Ticks));
        else if (left > Reserve)
            _next = TimeSpan.FromTicks(Math.Min(_next.Ticks + (_next.Ticks / 16), Longest.Ticks));
    }
}
