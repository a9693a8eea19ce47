using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Libvirt.Transports;

/// <summary>The system calls of Linux by which a socket is read and written without the runtime's socket engine in between.</summary>
internal static unsafe partial class NativeSocket
{
    private const int MsgDontWait = 0x40;
    private const int MsgNoSignal = 0x4000;
    private const int ErrorInterrupted = 4;
    private const int ErrorAgain = 11;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int NonBlocking = 0x800;
    private const int BothDirections = 2;

    /// <summary>Lets receives that do not say otherwise block, for <paramref name="patience"/> at most.</summary>
    public static void MakeBlocking(Socket socket, TimeSpan patience)
    {
        SafeSocketHandle handle = socket.SafeHandle;
        int flags = Control(handle, GetFlags, 0);
        if (flags < 0 || Control(handle, SetFlags, flags & ~NonBlocking) < 0)
            throw Failure("The socket could not be set up");
        socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
    }

    /// <summary>Receives what is there; -1 when that is nothing, 0 at the end.</summary>
    public static int TryReceive(SafeSocketHandle socket, Span<byte> buffer) => Receive(socket, buffer, MsgDontWait);

    /// <summary>Waits for bytes, as long as the socket was told to, and receives them; -1 when none came, 0 at the end.</summary>
    public static int Receive(SafeSocketHandle socket, Span<byte> buffer) => Receive(socket, buffer, 0);

    /// <summary>Sends what the kernel takes at once; -1 when that is nothing.</summary>
    public static int TrySend(SafeSocketHandle socket, ReadOnlySpan<byte> bytes) => Send(socket, bytes, MsgDontWait);

    /// <summary>Ends both directions, which wakes whoever waits for them. Does not matter on a socket that has ended by itself.</summary>
    public static void End(SafeSocketHandle socket) => _ = Shutdown(socket, BothDirections);

    private static int Receive(SafeSocketHandle socket, Span<byte> buffer, int flags)
    {
        fixed (byte* first = buffer)
        {
            nint count = Receive(socket, first, (nuint)buffer.Length, flags);
            if (count >= 0)
                return (int)count;
            int error = Marshal.GetLastPInvokeError();
            return error is ErrorAgain or ErrorInterrupted ? -1 : throw Failure("Nothing could be received");
        }
    }

    private static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, int flags)
    {
        fixed (byte* first = bytes)
        {
            while (true)
            {
                nint count = Send(socket, first, (nuint)bytes.Length, flags | MsgNoSignal);
                if (count >= 0)
                    return (int)count;
                int error = Marshal.GetLastPInvokeError();
                if (error == ErrorAgain)
                    return -1;
                if (error != ErrorInterrupted)
                    throw Failure("Nothing could be sent");
            }
        }
    }

    private static IOException Failure(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Shutdown(SafeSocketHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeSocketHandle socket, int command, int argument);
}
