using System.Buffers.Binary;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class TsharkDissectorTests : IAsyncLifetime
{
    private const int DomainLookupByName = 23;

    private LibvirtDaemon _daemon = null!;
    private IReadOnlyList<RecordedFrame> _recorded = [];

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        RecordingProxy proxy = _daemon.OpenProxy();
        Virsh virsh = Virsh.On(proxy.Uri("test", "/default"));
        await virsh.RunAsync("dominfo", "test");
        await virsh.TryAsync("dominfo", "nobody");
        _recorded = proxy.Recording.Frames;
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task What_virsh_and_libvirtd_say_is_understood_to_the_last_byte()
    {
        Dissection dissection = await TsharkDissector.DissectAsync(_recorded);

        Assert.True(dissection.Problems.Count == 0, string.Join(Environment.NewLine, dissection.Problems));
        Assert.Equal(_recorded.Count, dissection.Messages.Count);
        Assert.Equal(_recorded.Select(frame => frame.Frame.Serial), dissection.Messages.Select(message => message.Serial));
        Assert.Contains(dissection.Messages, message => message is { Procedure: "DOMAIN_LOOKUP_BY_NAME", Type: "REPLY", Status: "ERROR" });
    }

    [Fact]
    public async Task A_message_longer_than_a_segment_is_put_together()
    {
        byte[] message = new byte[RpcFrame.PrefixSize + 300_000];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), RpcProgram.Remote);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(12), 209);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(16), (int)RpcType.Stream);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(24), (int)RpcStatus.Continue);
        RecordedFrame data = new(1, IsFromClient: false, DateTimeOffset.UnixEpoch, new RpcFrame(message, IsWhole: true));

        Dissection dissection = await TsharkDissector.DissectAsync([data]);

        Assert.True(dissection.Problems.Count == 0, string.Join(Environment.NewLine, dissection.Problems));
        Assert.Equal("STREAM", Assert.Single(dissection.Messages).Type);
    }

    [Fact]
    public async Task A_string_that_claims_to_be_longer_than_its_message_is_a_problem()
    {
        Dissection dissection = await TsharkDissector.DissectAsync(Changed(bytes => [.. bytes[..28], 0, 0x3f, 0, 0, .. bytes[32..]]));

        Assert.Contains(dissection.Problems, problem => problem.Contains("DOMAIN_LOOKUP_BY_NAME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_left_over_behind_a_payload_are_a_problem()
    {
        Dissection dissection = await TsharkDissector.DissectAsync(Changed(bytes => [0, 0, 0, (byte)(bytes.Length + 4), .. bytes[4..], 0, 0, 0, 0]));

        Assert.Contains(dissection.Problems, problem => problem.Contains("DOMAIN_LOOKUP_BY_NAME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_length_that_is_not_the_messages_own_is_a_problem()
    {
        Dissection dissection = await TsharkDissector.DissectAsync(Changed(bytes => [0, 0, 0, (byte)(bytes.Length - 8), .. bytes[4..]]));

        Assert.NotEmpty(dissection.Problems);
    }

    private IEnumerable<RecordedFrame> Changed(Func<byte[], byte[]> change) => _recorded.Select(frame =>
        frame.IsFromClient && frame.Frame.Procedure == DomainLookupByName
            ? frame with { Frame = new RpcFrame(change(frame.Frame.Bytes.ToArray()), IsWhole: true) }
            : frame);
}
