using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Libvirt.Authentication;
using Libvirt.Protocol;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class SecurableTransportTests
{
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();

    [Fact]
    public async Task What_comes_after_the_switch_is_unwrapped_however_it_was_split()
    {
        byte[] wire = [.. Packet("first "), .. Packet(""), .. Packet("second")];
        for (int split = 1; split < wire.Length; split++)
        {
            Pipe incoming = new();
            using SecurableTransport transport = new(new ScriptedTransport(incoming.Reader, new Pipe().Writer));
            Task<string> receiving = ReadAsync(transport, 12);
            transport.Secure(new Flip());

            await incoming.Writer.WriteAsync(wire.AsMemory(0, split));
            await incoming.Writer.WriteAsync(wire.AsMemory(split));

            Assert.Equal("first second", await receiving.WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public async Task Before_the_switch_bytes_are_as_they_are_both_ways()
    {
        using SecurableTransport transport = Create();

        await transport.SendAsync("clear"u8.ToArray());
        await _incoming.Writer.WriteAsync("clear"u8.ToArray());

        Assert.Equal("clear", Encoding.ASCII.GetString((await _outgoing.Reader.ReadAtLeastAsync(5)).Buffer.FirstSpan));
        Assert.Equal("clear", await ReadAsync(transport, 5));
    }

    [Fact]
    public async Task What_is_sent_goes_in_packets_no_larger_than_agreed_on()
    {
        using SecurableTransport transport = Create();
        transport.Secure(new Flip());

        await transport.SendAsync("0123456789ab"u8.ToArray());

        byte[] sent = System.Buffers.BuffersExtensions.ToArray((await _outgoing.Reader.ReadAtLeastAsync(20)).Buffer);
        Assert.Equal([.. Packet("01234567"), .. Packet("89ab")], sent);
    }

    [Fact]
    public async Task A_packet_larger_than_agreed_on_is_a_broken_protocol()
    {
        using SecurableTransport transport = Create();
        transport.Secure(new Flip());

        await _incoming.Writer.WriteAsync(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF });

        await Assert.ThrowsAsync<ProtocolException>(() => ReadAsync(transport, 1));
    }

    private SecurableTransport Create() => new(new ScriptedTransport(_incoming.Reader, _outgoing.Writer));

    private static byte[] Packet(string clear)
    {
        byte[] packet = new byte[4 + clear.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, clear.Length);
        Flip.Turn(Encoding.ASCII.GetBytes(clear)).CopyTo(packet, 4);
        return packet;
    }

    private static async Task<string> ReadAsync(SecurableTransport transport, int count)
    {
        string text = "";
        byte[] buffer = new byte[64];
        while (text.Length < count)
            text += Encoding.ASCII.GetString(buffer, 0, await transport.ReceiveAsync(buffer));
        return text;
    }

    private sealed class Flip : ISecurityLayer
    {
        public int MaxClear => 8;

        public int MaxWrapped => 64;

        public static byte[] Turn(ReadOnlySpan<byte> bytes) => [.. bytes.ToArray().Select(b => (byte)~b)];

        public byte[] Wrap(ReadOnlySpan<byte> clear) => Turn(clear);

        public byte[] Unwrap(ReadOnlySpan<byte> wrapped) => Turn(wrapped);

        public void Dispose()
        {
        }
    }
}
