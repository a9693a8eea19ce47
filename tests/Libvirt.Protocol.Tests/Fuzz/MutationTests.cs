using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

/// <summary>
/// Broken payloads by the million. A longer run: set <c>LIBVIRT_PROTOCOL_FUZZ</c> to the number of mutations, and
/// <c>LIBVIRT_PROTOCOL_FUZZ_SEED</c> to begin elsewhere.
/// </summary>
public sealed class MutationTests
{
    private const int Mutations = 1_000_000;

    [Fact]
    public void Broken_payloads_end_in_the_protocols_own_exception_and_in_no_other()
    {
        int seed = Setting("LIBVIRT_PROTOCOL_FUZZ_SEED", 20_240_101);
        Random random = new(seed);
        Mutator mutator = new(random);
        (WireMessage Message, byte[] Payload)[] seeds =
            [.. WireMessage.All.SelectMany(m => Enumerable.Range(0, 3).Select(s => (m, m.SamplePayload(s))))];
        int read = 0;
        int total = Setting("LIBVIRT_PROTOCOL_FUZZ", Mutations);
        for (int i = 0; i < total; i++)
        {
            (WireMessage message, byte[] payload) = seeds[random.Next(seeds.Length)];
            byte[] mutated = mutator.Mutate(payload, seeds[random.Next(seeds.Length)].Payload);
            if (Attempt(message, mutated, i, seed))
                read++;
        }

        // Both ways must have been taken, or the mutations are too wild or too tame to find anything.
        Assert.InRange(read, total / 100, total - (total / 100));
    }

    [Fact]
    public void Broken_frames_end_in_the_protocols_own_exception_and_in_no_other()
    {
        Random random = new(7);
        Mutator mutator = new(random);
        byte[][] frames = [.. WireMessage.All.Take(50).Select(m => Frame(m.SamplePayload(0)))];
        for (int i = 0; i < 100_000; i++)
        {
            byte[] mutated = mutator.Mutate(frames[random.Next(frames.Length)], frames[random.Next(frames.Length)]);
            ReadOnlySequence<byte> buffered = Segments.SplitAt(mutated, random.Next(mutated.Length + 1));
            try
            {
                while (FrameScanner.TryReadFrame(ref buffered, out _, out _))
                    Assert.True(buffered.Length < mutated.Length);
            }
            catch (ProtocolException)
            {
                // What a broken frame should end in.
            }
        }
    }

    private static bool Attempt(WireMessage message, byte[] payload, int round, int seed)
    {
        try
        {
            switch (round % 8)
            {
                case 0:
                    message.Codec.Read(Segments.SplitAt(payload, payload.Length / 2));
                    break;
                case 1:
                    using (Utf8JsonWriter json = new(Stream.Null))
                        SchemaCodec.Decode(message.Schema, payload, json);
                    break;
                default:
                    message.Codec.Read(payload);
                    break;
            }

            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{message.Name}, seed {seed}, round {round}: {Convert.ToHexString(payload)}", e);
        }
    }

    private static byte[] Frame(byte[] payload)
    {
        byte[] frame = new byte[FrameLimits.PrefixSize + payload.Length];
        XdrWriter writer = new(frame);
        writer.WriteInt32(frame.Length);
        new MessageHeader(0x20008086, 1, 1, MessageType.Reply, 1, MessageStatus.Ok).Write(ref writer);
        payload.CopyTo(frame.AsSpan(FrameLimits.PrefixSize));
        return frame;
    }

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : standard;
}
