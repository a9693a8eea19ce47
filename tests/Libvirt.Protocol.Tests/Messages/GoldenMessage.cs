using System.Buffers;
using System.Text.Json;
using Libvirt.Testing;

namespace Libvirt.Protocol.Tests;

/// <summary>A message that real clients and daemons exchanged.</summary>
internal sealed record GoldenMessage(string Program, string Source, MessageHeader Header, byte[] Payload, bool PassesDescriptors)
{
    private static readonly string[] Programs = ["remote", "qemu", "lxc", "admin", "keepalive"];

    public static IReadOnlyList<GoldenMessage> All { get; } = [.. Programs.SelectMany(Load)];

    private static IEnumerable<GoldenMessage> Load(string program)
    {
        foreach (string line in File.ReadLines(RepositoryRoot.Combine("tests", "Libvirt.Protocol.Tests", "Golden", $"{program}.jsonl")))
        {
            JsonElement json = JsonElement.Parse(line);
            ReadOnlySequence<byte> frame = new(Convert.FromHexString(json.GetProperty("frame").GetString()!));
            Assert.True(FrameScanner.TryReadFrame(ref frame, out MessageHeader header, out ReadOnlySequence<byte> payload), line);
            bool descriptors = header.Type is MessageType.CallWithFds or MessageType.ReplyWithFds;
            yield return new GoldenMessage(program, json.GetProperty("source").GetString()!, header, payload.ToArray(), descriptors);
        }
    }
}
