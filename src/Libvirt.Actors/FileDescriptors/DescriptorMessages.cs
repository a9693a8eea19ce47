using System.Net.Sockets;
using System.Runtime.InteropServices;
using Libvirt.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.FileDescriptors;

/// <summary>
/// Sends and receives bytes with file descriptors attached, which .NET's sockets cannot: the system calls <c>sendmsg</c> and <c>recvmsg</c> as Linux has
/// them on 64 bits. Neither ever blocks.
/// </summary>
internal static unsafe partial class DescriptorMessages
{
    private const int SolSocket = 1;
    private const int ScmRights = 1;
    private const int MsgControlTruncated = 0x8;
    private const int MsgDontWait = 0x40;
    private const int MsgNoSignal = 0x4000;
    private const int MsgCloseOnExec = 0x40000000;
    private const int ErrorInterrupted = 4;
    private const int ErrorAgain = 11;

    /// <summary>Sends one byte that carries a descriptor. False when the socket is full.</summary>
    public static bool TrySend(SafeSocketHandle socket, SafeHandle descriptor)
    {
        byte carrier = 0;
        Vector vector = new() { Base = &carrier, Length = 1 };
        OneDescriptor control = new()
        {
            Header = new ControlHeader { Length = (nuint)(sizeof(ControlHeader) + sizeof(int)), Level = SolSocket, Type = ScmRights },
            Descriptor = (int)descriptor.DangerousGetHandle(),
        };
        Message message = new() { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = (nuint)sizeof(OneDescriptor) };
        while (true)
        {
            if (SendMessage(socket, &message, MsgDontWait | MsgNoSignal) >= 0)
                return true;
            int error = Marshal.GetLastPInvokeError();
            if (error == ErrorAgain)
                return false;
            if (error != ErrorInterrupted)
                throw new IOException($"A descriptor could not be sent: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Receives what is there; -1 when that is nothing, 0 at the end. The caller owns the descriptors that came.</summary>
    public static int TryReceive(SafeSocketHandle socket, Span<byte> buffer, out SafeFileHandle[] descriptors)
    {
        descriptors = [];
        ManyDescriptors control = default;
        fixed (byte* bytes = buffer)
        {
            Vector vector = new() { Base = bytes, Length = (nuint)buffer.Length };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = (nuint)sizeof(ManyDescriptors) };
            nint count;
            while ((count = ReceiveMessage(socket, &message, MsgDontWait | MsgCloseOnExec)) < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == ErrorAgain)
                    return -1;
                if (error != ErrorInterrupted)
                    throw new IOException($"Nothing could be received: {Marshal.GetPInvokeErrorMessage(error)}.");
                message.ControlLength = (nuint)sizeof(ManyDescriptors);
            }

            if (message.ControlLength >= (nuint)sizeof(ControlHeader) && control.Header is { Level: SolSocket, Type: ScmRights })
                descriptors = Own(control);
            if ((message.Flags & MsgControlTruncated) != 0)
            {
                foreach (SafeFileHandle descriptor in descriptors)
                    descriptor.Dispose();
                throw new ProtocolException($"More than {FrameLimits.MaxFileDescriptors} file descriptors came with one byte.");
            }

            return (int)count;
        }
    }

    private static SafeFileHandle[] Own(in ManyDescriptors control)
    {
        int count = ((int)control.Header.Length - sizeof(ControlHeader)) / sizeof(int);
        SafeFileHandle[] handles = new SafeFileHandle[count];
        for (int i = 0; i < count; i++)
            handles[i] = new SafeFileHandle(control.Descriptors[i], ownsHandle: true);
        return handles;
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(SafeSocketHandle socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(SafeSocketHandle socket, Message* message, int flags);

    // struct iovec, struct msghdr and struct cmsghdr.
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    private struct Message
    {
        public void* Name;
        public nuint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    private struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    private struct OneDescriptor
    {
        public ControlHeader Header;
        public int Descriptor;

        // The kernel wants whole words.
        public int Padding;
    }

    private struct ManyDescriptors
    {
        public ControlHeader Header;
        public fixed int Descriptors[FrameLimits.MaxFileDescriptors];
    }
}
