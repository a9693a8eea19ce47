using System.Runtime.CompilerServices;
using System.Text;

namespace Libvirt.Protocol;

public ref partial struct XdrWriter
{
    /// <summary>UTF-8 that refuses a lone surrogate instead of sending something else in its place.</summary>
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>XDR string: UTF-8, at most <paramref name="limit"/> bytes, without a NUL (the daemon would cut it off there).</summary>
    public void WriteString(string value, int limit, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        ArgumentNullException.ThrowIfNull(value, field);
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"{field} contains a NUL character, which libvirt cannot carry.", field);
        int length = StrictUtf8.GetByteCount(value);
        CheckCount(length, limit, field, "bytes");
        WriteInt32(length);
        StrictUtf8.GetBytes(value, Reserve(length));
        Pad(length);
    }

    /// <summary>An optional XDR string: a flag, then the string unless it is null.</summary>
    public void WriteOptionalString(string? value, int limit, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        WriteBoolean(value is not null);
        if (value is not null)
            WriteString(value, limit, field);
    }

    /// <summary>XDR variable-length opaque: a count and the bytes, packed.</summary>
    public void WriteOpaque(ReadOnlySpan<byte> value, int limit, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        CheckCount(value.Length, limit, field, "bytes");
        WriteInt32(value.Length);
        WriteRaw(value);
    }

    /// <summary>XDR fixed-length opaque: exactly <paramref name="length"/> bytes.</summary>
    public void WriteFixedOpaque(ReadOnlySpan<byte> value, int length, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        if (value.Length != length)
            throw new ArgumentException($"{field} is {value.Length} bytes; exactly {length} are needed.", field);
        WriteRaw(value);
    }

    /// <summary>A UUID: 16 bytes in the order of its text form.</summary>
    public void WriteUuid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: true, out _);

    /// <summary>The count in front of a variable-length array.</summary>
    public void WriteCount(int count, int limit, string field)
    {
        CheckCount(count, limit, field, "elements");
        WriteInt32(count);
    }

    /// <summary>An XDR array of char, which takes four bytes a character: a count and the characters.</summary>
    public void WriteChars(ReadOnlySpan<byte> value, int limit, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        CheckCount(value.Length, limit, field, "characters");
        WriteInt32(value.Length);
        WriteFixedChars(value, value.Length, field);
    }

    /// <summary>A fixed XDR array of char, four bytes a character: exactly <paramref name="length"/> of them.</summary>
    public void WriteFixedChars(ReadOnlySpan<byte> value, int length, [CallerArgumentExpression(nameof(value))] string? field = null)
    {
        if (value.Length != length)
            throw new ArgumentException($"{field} is {value.Length} characters; exactly {length} are needed.", field);
        foreach (byte c in value)
            WriteInt32((sbyte)c);
    }

    private static void CheckCount(int count, int limit, string? field, string unit)
    {
        if (count > limit)
            throw new ArgumentException($"{field} has {count} {unit}; libvirt allows {limit}.", field);
    }

    private void WriteRaw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Pad(value.Length);
    }

    private void Pad(int length)
    {
        int padding = -length & 3;
        if (padding != 0)
            Reserve(padding).Clear();
    }
}
