using System.Buffers;

namespace Libvirt.Protocol.Tests;

/// <summary>Reads a generated type without knowing it at compile time.</summary>
internal abstract class MessageCodec
{
    public static MessageCodec Create(Type type) => (MessageCodec)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type))!;

    public abstract IXdrWritable Read(ReadOnlySpan<byte> payload);

    public abstract IXdrWritable Read(ReadOnlySequence<byte> payload);

    private sealed class Typed<T> : MessageCodec
        where T : class, IXdrWritable, IXdrReadable<T>
    {
        public override IXdrWritable Read(ReadOnlySpan<byte> payload) => XdrPayload.Read<T>(payload);

        public override IXdrWritable Read(ReadOnlySequence<byte> payload) => XdrPayload.Read<T>(payload);
    }
}
