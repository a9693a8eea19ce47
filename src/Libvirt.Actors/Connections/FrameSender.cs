using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>
/// Collects the frames of a batch and sends them with one write. When the kernel does not accept a write at once, a task finishes it and tells the connection,
/// and the next frames are collected in a second buffer. Until then <see cref="IsBlocked"/> stops new calls, so that buffer holds control frames only.
/// </summary>
internal sealed class FrameSender(IByteTransport transport, ConnectionHandle connection) : IDisposable
{
    private OutputBuffer _gathering = new();
    private OutputBuffer _sending = new();
    private long _flushed;
    private bool _hasPing;
    private bool _hasPong;
    private bool _disposed;

    /// <summary>Whether the kernel has not yet taken the last write.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Puts a call into the batch.</summary>
    /// <exception cref="ArgumentException">The arguments cannot be encoded; the batch is as it was.</exception>
    public void AddCall(IPendingCall call, uint serial)
    {
        int start = _gathering.Length;
        try
        {
            XdrWriter writer = Begin();
            Procedure procedure = call.Procedure;
            IReadOnlyList<SafeHandle> descriptors = call.Descriptors?.Outgoing ?? [];
            MessageType type = descriptors.Count > 0 ? MessageType.CallWithFds : MessageType.Call;
            new MessageHeader(procedure.Program, procedure.Version, procedure.Number, type, serial, MessageStatus.Ok).Write(ref writer);
            if (descriptors.Count > 0)
                writer.WriteUInt32((uint)descriptors.Count);
            call.WriteArguments(ref writer);
            End(ref writer, start);
            if (descriptors.Count > 0)
                Attach(descriptors);
        }
        catch
        {
            _gathering.Truncate(start);
            throw;
        }
    }

    /// <summary>Puts a message without a payload into the batch.</summary>
    public void AddEmpty(MessageHeader header)
    {
        int start = _gathering.Length;
        XdrWriter writer = Begin();
        header.Write(ref writer);
        End(ref writer, start);
    }

    /// <summary>
    /// Puts a ping or a pong into the batch, unless one is there already: one shows as well as many that this side is alive. A peer that pings and never reads
    /// could otherwise fill the memory.
    /// </summary>
    public void AddKeepAlive(KeepAliveProcedure procedure)
    {
        ref bool isThere = ref procedure == KeepAliveProcedure.Ping ? ref _hasPing : ref _hasPong;
        if (isThere)
            return;
        isThere = true;
        AddEmpty(new MessageHeader(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)procedure, MessageType.Message, Serial: 0, MessageStatus.Ok));
    }

    /// <summary>Puts a packet with data into the batch.</summary>
    public void AddData(MessageHeader header, ReadOnlySpan<byte> data)
    {
        int start = _gathering.Length;
        XdrWriter writer = Begin();
        header.Write(ref writer);
        writer.Flush();
        data.CopyTo(_gathering.GetSpan(data.Length));
        _gathering.Advance(data.Length);
        End(ref writer, start);
    }

    /// <summary>Puts a hole into the batch.</summary>
    public void AddHole(MessageHeader header, StreamHole hole)
    {
        int start = _gathering.Length;
        XdrWriter writer = Begin();
        header.Write(ref writer);
        hole.Write(ref writer);
        End(ref writer, start);
    }

    /// <summary>
    /// Sends the batch, if there is one and nothing blocks. If the write does not end at once, the connection is told <see cref="SendCompleted"/> or
    /// <see cref="ConnectionFailed"/> when it has.
    /// </summary>
    public void Flush()
    {
        if (IsBlocked || _gathering.Length == 0)
            return;
        (_gathering, _sending) = (_sending, _gathering);
        _hasPing = _hasPong = false;
        _flushed += _sending.Length;
        ValueTask send = transport.SendAsync(_sending.Written);
        // Asked once: it may end at any moment.
        IsBlocked = !send.IsCompletedSuccessfully;
        if (IsBlocked)
            _ = ReportAsync(send);
        else
            _sending.Clear();
    }

    /// <summary>A write that blocked has ended. To be called in the connection's turn, when it is told <see cref="SendCompleted"/>.</summary>
    public void Completed()
    {
        IsBlocked = false;
        _sending.Clear();
        if (_disposed)
            _sending.Dispose();
    }

    /// <summary>Returns the buffers to their pool; that of a pending send only when it has ended.</summary>
    public void Dispose()
    {
        _disposed = true;
        _gathering.Dispose();
        if (!IsBlocked)
            _sending.Dispose();
    }

    private async Task ReportAsync(ValueTask send)
    {
        object outcome;
        try
        {
            await send.ConfigureAwait(false);
            outcome = new SendCompleted();
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        connection.Ref.Tell(outcome, ActorRefs.NoSender);
    }

    /// <summary>Each descriptor is carried by a byte of its own after the frame.</summary>
    private void Attach(IReadOnlyList<SafeHandle> descriptors)
    {
        ((DescriptorTransport)transport).Attach(_flushed + _gathering.Length, descriptors);
        _gathering.GetSpan(descriptors.Count)[..descriptors.Count].Clear();
        _gathering.Advance(descriptors.Count);
    }

    private XdrWriter Begin()
    {
        XdrWriter writer = new(_gathering);
        writer.WriteUInt32(0);
        return writer;
    }

    private void End(ref XdrWriter writer, int start)
    {
        writer.Flush();
        int length = _gathering.Length - start;
        if (length > FrameLimits.MaxFrame)
            throw new ArgumentException($"The call takes {length} bytes; libvirt allows {FrameLimits.MaxFrame}.");
        BinaryPrimitives.WriteUInt32BigEndian(_gathering.WrittenSpan[start..], (uint)length);
    }
}
