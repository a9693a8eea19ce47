using System.Collections.Concurrent;

namespace Libvirt.Calls;

/// <summary>Finished calls that wait to be used again, one pool per kind, with a bound.</summary>
internal static class CallPool<T>
    where T : class
{
    private const int Capacity = 256;

    private static readonly ConcurrentQueue<T> Idle = new();
    private static T? _first;
    private static int _count;

    public static T? TryRent()
    {
        T? item = _first;
        if (item is not null && Interlocked.CompareExchange(ref _first, null, item) == item)
            return item;
        if (!Idle.TryDequeue(out item))
            return null;
        Interlocked.Decrement(ref _count);
        return item;
    }

    public static void Return(T item)
    {
        if (_first is null && Interlocked.CompareExchange(ref _first, item, null) is null)
            return;
        if (Interlocked.Increment(ref _count) <= Capacity)
            Idle.Enqueue(item);
        else
            Interlocked.Decrement(ref _count);
    }
}
