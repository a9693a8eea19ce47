using System.Buffers;

namespace Libvirt.Protocol;

/// <summary>Reads whole payloads: the bytes must be exactly one value.</summary>
public static class XdrPayload
{
    /// <summary>Reads the one value that <paramref name="payload"/> is.</summary>
    /// <exception cref="ProtocolException">The bytes are not such a value, or bytes are left over.</exception>
    public static T Read<T>(ReadOnlySpan<byte> payload)
        where T : IXdrReadable<T>
    {
        XdrReader reader = new(payload);
        T value = T.Read(ref reader);
        reader.ExpectEnd();
        return value;
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte})"/>
    public static T Read<T>(in ReadOnlySequence<byte> payload)
        where T : IXdrReadable<T>
    {
        XdrReader reader = new(payload);
        T value = T.Read(ref reader);
        reader.ExpectEnd();
        return value;
    }

    /// <summary>The bytes of one value.</summary>
    /// <exception cref="ArgumentException">A field cannot be written.</exception>
    public static byte[] Write(IXdrWritable value)
    {
        ArrayBufferWriter<byte> output = new();
        XdrWriter writer = new(output);
        value.Write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
