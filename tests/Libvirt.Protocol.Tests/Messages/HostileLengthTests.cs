using System.Buffers.Binary;

namespace Libvirt.Protocol.Tests;

public sealed class HostileLengthTests
{
    /// <summary>What an exception with its text costs, and the fixed cost of a reading.</summary>
    private const int Allowance = 16 * 1024;

    /// <summary>An empty string of 4 bytes on the wire is a reference of 8 in memory; a typed parameter of 12 is a struct of 40.</summary>
    private const int BytesForEachByte = 16;

    private static readonly uint[] Lies = [0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x00FFFFFF, 4194304, 262144, 16384, 1024];

    public static TheoryData<string> Messages => WireMessage.Names;

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_lying_length_allocates_no_more_than_the_bytes_that_are_there_call_for(string name)
    {
        WireMessage message = WireMessage.Get(name);
        byte[] payload = message.SamplePayload(5);
        TryRead(message, payload);
        foreach (uint lie in Lies)
        {
            for (int offset = 0; offset + 4 <= payload.Length; offset += 4)
            {
                byte[] lying = [.. payload];
                BinaryPrimitives.WriteUInt32BigEndian(lying.AsSpan(offset), lie);
                long before = GC.GetAllocatedBytesForCurrentThread();
                TryRead(message, lying);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                int allowed = Allowance + (BytesForEachByte * payload.Length);
                Assert.True(allocated <= allowed, $"{allocated} bytes for {lie} at {offset} of {payload.Length}");
            }
        }
    }

    private static void TryRead(WireMessage message, byte[] payload)
    {
        try
        {
            message.Codec.Read(payload);
        }
        catch (ProtocolException)
        {
            // Most lies are refused; the others are values like any other.
        }
    }
}
