using System.Buffers.Binary;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Simulator.Tests;

/// <summary>A client that sends and reads single frames, and checks nothing.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Stream _stream;
    private uint _serial;

    public RawClient(Stream stream) => _stream = stream;

    /// <summary>Connects and opens a host.</summary>
    public static async Task<RawClient> OpenAsync(HypervisorSimulator simulator, string uri = "qemu:///system", ConnectFlags flags = ConnectFlags.None)
    {
        RawClient client = new(simulator.ConnectInMemory());
        await client.CallAsync(RemoteProcedures.AuthList, XdrVoid.Value);
        await client.CallAsync(RemoteProcedures.ConnectOpen, new ConnectOpenArgs { Name = uri, Flags = (uint)flags });
        return client;
    }

    /// <summary>Calls and returns the result.</summary>
    /// <exception cref="RefusedException">The reply is an error.</exception>
    public async Task<TRet> CallAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs arguments)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        await SendAsync(procedure, arguments);
        return (await ReadAsync()).Result<TRet>();
    }

    /// <summary>Sends a call and returns its serial.</summary>
    public Task<uint> SendAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs arguments)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        SendAsync(procedure.Program, procedure.Number, MessageType.Call, XdrPayload.Write(arguments));

    public async Task<uint> SendAsync(
        uint program, int procedure, MessageType type, byte[] payload, uint? serial = null, MessageStatus status = MessageStatus.Ok, uint version = 1)
    {
        MessageHeader header = new(program, version, procedure, type, serial ?? ++_serial, status);
        byte[] frame = [.. new byte[4], .. XdrPayload.Write(header), .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        await _stream.WriteAsync(frame);
        await _stream.FlushAsync();
        return header.Serial;
    }

    /// <summary>Reads the next frame.</summary>
    /// <exception cref="EndOfStreamException">The connection has ended.</exception>
    public async Task<RawFrame> ReadAsync()
    {
        byte[] word = await ReadBytesAsync(4);
        byte[] rest = await ReadBytesAsync(BinaryPrimitives.ReadInt32BigEndian(word) - 4);
        return new RawFrame(XdrPayload.Read<MessageHeader>(rest.AsSpan(0, FrameLimits.HeaderSize)), rest[FrameLimits.HeaderSize..]);
    }

    /// <summary>Reads bytes as they come.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        using CancellationTokenSource limit = new(Limit);
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    /// <summary>Reads until the connection ends and returns what came.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using CancellationTokenSource limit = new(Limit);
        using MemoryStream bytes = new();
        await _stream.CopyToAsync(bytes, limit.Token);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
