using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Libvirt.Transport;

/// <summary>
/// One thread of the process that waits for all sockets which nobody else waits for. The runtime's own engine cannot be told to let go of a
/// socket: it would wake up for each packet that a thread of ours reads.
/// </summary>
internal sealed unsafe partial class ReadinessLoop
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Once = 1u << 30;
    private const int MostEvents = 256;

    // struct epoll_event is packed on x86 alone.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(long);

    private readonly ConcurrentDictionary<long, SocketWatch> _watches = new();
    private readonly SafeEpollHandle _epoll;
    private long _lastKey;

    private ReadinessLoop()
    {
        _epoll = Create(CloseOnExec);
        if (_epoll.IsInvalid)
            throw new IOException($"No sockets can be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
        new Thread(Run) { IsBackground = true, Name = "libvirt sockets" }.UnsafeStart();
    }

    /// <summary>The one of this process.</summary>
    public static ReadinessLoop Shared { get; } = new();

    /// <summary>Gives a watch its key.</summary>
    public long Enter(SocketWatch watch)
    {
        long key = Interlocked.Increment(ref _lastKey);
        _watches.TryAdd(key, watch);
        return key;
    }

    /// <summary>The watch hears of nothing any longer. The kernel forgets the socket when it is closed.</summary>
    public void Leave(long key) => _watches.TryRemove(key, out _);

    /// <summary>Tells the watch once as soon as its socket is ready for any of <paramref name="interest"/>; replaces what it was told to wait for before.</summary>
    public void Arm(long key, SafeSocketHandle socket, Readiness interest, bool first)
    {
        byte* request = stackalloc byte[2 * sizeof(long)];
        *(uint*)request = (uint)interest | Once;
        *(long*)(request + DataOffset) = key;
        if (Control(_epoll, first ? Add : Modify, socket, request) < 0)
            throw new IOException($"The socket cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    private void Run()
    {
        byte* events = stackalloc byte[MostEvents * 2 * sizeof(long)];
        while (true)
        {
            // Below 0 it was interrupted.
            int count = Wait(_epoll, events, MostEvents, -1);
            for (int i = 0; i < count; i++)
            {
                byte* one = events + (i * EventSize);
                if (_watches.TryGetValue(*(long*)(one + DataOffset), out SocketWatch? watch))
                    watch.Fire((Readiness)(*(uint*)one));
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeEpollHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeEpollHandle epoll, int operation, SafeSocketHandle socket, byte* request);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeEpollHandle epoll, byte* events, int most, int timeout);

    private sealed class SafeEpollHandle() : Microsoft.Win32.SafeHandles.SafeHandleMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle() => CloseHandle((int)handle) == 0;
    }

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseHandle(int handle);
}
