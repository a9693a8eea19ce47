using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Libvirt.Transports;

/// <summary>Linux's <c>epoll</c>: waits for any number of sockets at once. Each interest is for one event.</summary>
internal sealed unsafe partial class EpollSet
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Once = 1u << 30;
    private const int MostEvents = 256;

    // struct epoll_event is packed on x86 alone.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(long);

    private readonly SafeEpollHandle _epoll;

    /// <exception cref="IOException">The system has no descriptor for it.</exception>
    public EpollSet()
    {
        _epoll = Create(CloseOnExec);
        if (_epoll.IsInvalid)
            throw new IOException($"Sockets cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Waits for the socket to be ready for any of <paramref name="interest"/>; replaces an earlier interest.</summary>
    public void Arm(long key, SafeSocketHandle socket, Readiness interest, bool first)
    {
        byte* request = stackalloc byte[2 * sizeof(long)];
        *(uint*)request = (uint)interest | Once;
        *(long*)(request + DataOffset) = key;
        if (Control(_epoll, first ? Add : Modify, socket, request) < 0)
            throw new IOException($"The socket cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Blocks until sockets are ready, and adds them to the queue.</summary>
    public void Wait(ConcurrentQueue<(long Key, Readiness Events)> ready)
    {
        byte* events = stackalloc byte[MostEvents * 2 * sizeof(long)];
        // Below 0 it was interrupted by a signal.
        int count = Wait(_epoll, events, MostEvents, -1);
        for (int i = 0; i < count; i++)
        {
            byte* one = events + (i * EventSize);
            ready.Enqueue((*(long*)(one + DataOffset), (Readiness)(*(uint*)one)));
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeEpollHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeEpollHandle epoll, int operation, SafeSocketHandle socket, byte* request);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeEpollHandle epoll, byte* events, int most, int timeout);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseHandle(int handle);

    private sealed class SafeEpollHandle() : Microsoft.Win32.SafeHandles.SafeHandleMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle() => CloseHandle((int)handle) == 0;
    }
}
