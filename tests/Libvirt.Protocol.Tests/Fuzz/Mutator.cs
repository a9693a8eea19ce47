using System.Buffers.Binary;

namespace Libvirt.Protocol.Tests;

/// <summary>Breaks payloads in the ways that find faults: flipped bits, lying words, cuts, repetitions and spliced halves.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly uint[] Words = [0, 1, 2, 3, 7, 8, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 4194304, 4194305, 16384, 16385];

    public byte[] Mutate(byte[] payload, byte[] other)
    {
        byte[] mutated = [.. payload];
        for (int i = random.Next(1, 4); i > 0; i--)
            mutated = Step(mutated, other);
        return mutated;
    }

    private byte[] Step(byte[] payload, byte[] other)
    {
        if (payload.Length < 4)
            return [.. payload, .. BitConverter.GetBytes(random.Next())];
        switch (random.Next(6))
        {
            case 0:
                payload[random.Next(payload.Length)] ^= (byte)(1 << random.Next(8));
                return payload;
            case 1:
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
                return payload;
            case 2:
                BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(random.Next(payload.Length / 4) * 4), Words[random.Next(Words.Length)]);
                return payload;
            case 3:
                return payload[..random.Next(payload.Length)];
            case 4:
                return [.. payload, .. payload.AsSpan(0, random.Next(payload.Length))];
            default:
                return [.. payload.AsSpan(0, random.Next(payload.Length)), .. other.AsSpan(random.Next(other.Length + 1))];
        }
    }
}
