using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Libvirt.Authentication;
using Libvirt.Protocol;

namespace Libvirt.Transports;

/// <summary>
/// Bytes over a transport that is in the clear until authentication has brought a security layer; from then on they travel in packets, each with its
/// length in front. The switch may happen while a receive is pending, because a daemon sends nothing of its own accord before the layer stands.
/// </summary>
internal sealed class SecurableTransport(IByteTransport inner) : IByteTransport
{
    private const int LengthSize = 4;

    private volatile ISecurityLayer? _layer;
    private byte[] _wrapped = [];
    private int _wrappedEnd;
    private ReadOnlyMemory<byte> _clear;

    /// <summary>Only in the clear, so not before authentication is over.</summary>
    public IBlockingTransport? Blocking => _layer is null ? inner.Blocking : null;

    /// <summary>From the next bytes on, both ways, everything goes through the layer, which now belongs to the transport.</summary>
    public void Secure(ISecurityLayer layer)
    {
        _wrapped = new byte[LengthSize + layer.MaxWrapped];
        _layer = layer;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_layer is null)
        {
            int count = await inner.ReceiveAsync(buffer).ConfigureAwait(false);
            if (count == 0 || _layer is null)
                return count;
            // The layer came up meanwhile: these are its first bytes.
            if (count > _wrapped.Length)
                throw new ProtocolException("More came before the security layer stood than one of its packets may have.");
            buffer[..count].CopyTo(_wrapped);
            _wrappedEnd = count;
        }

        while (_clear.IsEmpty && !TryUnwrap(_layer))
        {
            int count = await inner.ReceiveAsync(_wrapped.AsMemory(_wrappedEnd)).ConfigureAwait(false);
            if (count == 0)
                return 0;
            _wrappedEnd += count;
        }

        int taken = Math.Min(buffer.Length, _clear.Length);
        _clear[..taken].CopyTo(buffer);
        _clear = _clear[taken..];
        return taken;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _layer is { } layer ? SendWrappedAsync(layer, bytes) : inner.SendAsync(bytes);

    public void Dispose()
    {
        inner.Dispose();
        _layer?.Dispose();
    }

    /// <summary>Opens the packet at the front, if all of it is there; one without content counts as not there.</summary>
    private bool TryUnwrap(ISecurityLayer layer)
    {
        if (_wrappedEnd < LengthSize)
            return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_wrapped);
        if (length > layer.MaxWrapped)
            throw new ProtocolException($"A packet of the security layer has {length} bytes; {layer.MaxWrapped} were agreed on.");
        int end = LengthSize + (int)length;
        if (_wrappedEnd < end)
            return false;
        _clear = layer.Unwrap(_wrapped.AsSpan(LengthSize, (int)length));
        _wrapped.AsSpan(end, _wrappedEnd - end).CopyTo(_wrapped);
        _wrappedEnd -= end;
        return !_clear.IsEmpty || TryUnwrap(layer);
    }

    private async ValueTask SendWrappedAsync(ISecurityLayer layer, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, layer.MaxClear);
            byte[] wrapped = layer.Wrap(bytes.Span[..count]);
            byte[] packet = new byte[LengthSize + wrapped.Length];
            BinaryPrimitives.WriteInt32BigEndian(packet, wrapped.Length);
            wrapped.CopyTo(packet.AsSpan(LengthSize));
            await inner.SendAsync(packet).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }
}
