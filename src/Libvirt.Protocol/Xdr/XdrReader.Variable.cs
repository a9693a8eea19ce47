using System.Buffers;
using System.Text;

namespace Libvirt.Protocol;

public ref partial struct XdrReader
{
    /// <summary>XDR string of at most <paramref name="limit"/> bytes. Bytes that are not UTF-8 become U+FFFD.</summary>
    public string ReadString(int limit)
    {
        int length = ReadLength(limit, 1);
        if (length == 0)
            return "";
        string value;
        if (_span.Length - _position >= length)
        {
            value = Encoding.UTF8.GetString(_span.Slice(_position, length));
            _position += length;
        }
        else
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(length);
            CopyTo(rented.AsSpan(0, length));
            value = Encoding.UTF8.GetString(rented, 0, length);
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        SkipPadding(length);
        return value;
    }

    /// <summary>An optional XDR string: null when the flag in front of it is 0.</summary>
    public string? ReadOptionalString(int limit) => ReadBoolean() ? ReadString(limit) : null;

    /// <summary>XDR variable-length opaque of at most <paramref name="limit"/> bytes, copied.</summary>
    public byte[] ReadOpaque(int limit) => ReadFixedOpaque(ReadLength(limit, 1));

    /// <summary>XDR fixed-length opaque, copied.</summary>
    public byte[] ReadFixedOpaque(int length)
    {
        CheckRemaining(length);
        byte[] value = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
        CopyTo(value);
        SkipPadding(length);
        return value;
    }

    /// <summary>A UUID: 16 bytes in the order of its text form.</summary>
    public Guid ReadUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The count in front of a variable-length array.</summary>
    /// <param name="limit">The most elements the protocol allows.</param>
    /// <param name="minimumElementSize">The fewest bytes an element takes; a count that cannot fit into what is left is refused.</param>
    public int ReadCount(int limit, int minimumElementSize) => ReadLength(limit, minimumElementSize);

    /// <summary>An XDR array of char, four bytes a character on the wire; one byte a character here.</summary>
    public byte[] ReadChars(int limit) => ReadFixedChars(ReadLength(limit, 4));

    /// <summary>A fixed XDR array of char, four bytes a character on the wire; one byte a character here.</summary>
    public byte[] ReadFixedChars(int length)
    {
        CheckRemaining(4L * length);
        byte[] value = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
        for (int i = 0; i < value.Length; i++)
            value[i] = unchecked((byte)ReadChar());
        return value;
    }

    private int ReadLength(int limit, int minimumElementSize)
    {
        uint length = ReadUInt32();
        if (length > (uint)limit)
            throw new ProtocolException($"A length of {length} is beyond its limit of {limit}.");
        CheckRemaining((long)length * minimumElementSize);
        return (int)length;
    }

    private readonly void CheckRemaining(long needed)
    {
        if (needed > Remaining)
            throw new ProtocolException($"A length asks for {needed} bytes where {Remaining} are left.");
    }

    private void SkipPadding(int length) => Skip(-length & 3);
}
