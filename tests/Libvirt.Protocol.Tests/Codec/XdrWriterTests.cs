using System.Buffers;
using Libvirt.Protocol.Remote;

namespace Libvirt.Protocol.Tests;

public sealed class XdrWriterTests
{
    private static readonly RemoteDomain Domain = new("web", new Guid("6695eb01-f6a4-8304-79aa-97f2502e193f"), 7);

    [Fact]
    public void A_domain_is_its_name_its_UUID_and_its_number()
    {
        byte[] bytes = XdrPayload.Write(new DomainGetInfoArgs { Dom = Domain });
        Assert.Equal("0000000377656200" + "6695EB01F6A4830479AA97F2502E193F" + "00000007", Convert.ToHexString(bytes));
    }

    [Fact]
    public void NULL_differs_from_an_empty_text()
    {
        Assert.Equal("0000000000000000", Convert.ToHexString(XdrPayload.Write(new ConnectOpenArgs { Name = null, Flags = 0 })));
        Assert.Equal("000000010000000000000000", Convert.ToHexString(XdrPayload.Write(new ConnectOpenArgs { Name = "", Flags = 0 })));
    }

    [Fact]
    public void A_char_takes_four_bytes()
    {
        AuthSaslStepArgs args = new() { Nil = 0, Data = [0x41, 0xFF] };
        Assert.Equal("00000000" + "00000002" + "00000041" + "FFFFFFFF", Convert.ToHexString(XdrPayload.Write(args)));
    }

    [Fact]
    public void A_value_beyond_its_limit_is_refused_with_its_fields_name()
    {
        ArgumentException text = Assert.Throws<ArgumentException>(
            () => XdrPayload.Write(new DomainLookupByNameArgs { Name = new string('x', 4194305) }));
        Assert.Contains("Name", text.Message, StringComparison.Ordinal);
        ArgumentException list = Assert.Throws<ArgumentException>(
            () => XdrPayload.Write(new ConnectBaselineCpuArgs { XmlCpus = new string[257], Flags = 0 }));
        Assert.Contains("XmlCpus", list.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => XdrPayload.Write(new AuthSaslStepArgs { Nil = 0, Data = new byte[65537] }));
    }

    [Fact]
    public void What_the_daemon_would_not_read_as_it_was_meant_is_refused()
    {
        Assert.Throws<ArgumentException>(() => XdrPayload.Write(new DomainLookupByNameArgs { Name = "a\0b" }));
        Assert.ThrowsAny<ArgumentException>(() => XdrPayload.Write(new DomainLookupByNameArgs { Name = "\ud800" }));
        Assert.Throws<ArgumentNullException>(() => XdrPayload.Write(new DomainLookupByNameArgs { Name = null! }));
        Assert.Throws<ArgumentException>(() => XdrPayload.Write(new NodeSetMemoryParametersArgs { Params = [new("a", default)], Flags = 0 }));
    }

    [Fact]
    public void A_span_that_is_too_small_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        XdrWriter writer = new(new byte[27]);
        new DomainGetInfoArgs { Dom = Domain }.Write(ref writer);
    });

    [Fact]
    public void A_long_value_crosses_the_buffers_growth_whole()
    {
        byte[] secret = [.. Enumerable.Range(0, 65536).Select(i => (byte)i)];
        SecretGetValueRet read = XdrPayload.Read<SecretGetValueRet>(XdrPayload.Write(new SecretGetValueRet { Value = secret }));
        Assert.Equal(secret, read.Value);
    }

    [Fact]
    public void The_length_counts_what_was_flushed_and_what_was_not()
    {
        ArrayBufferWriter<byte> output = new();
        XdrWriter writer = new(output);
        for (int i = 0; i < 1000; i++)
            writer.WriteInt32(i);
        Assert.Equal(4000, writer.Length);
        writer.Flush();
        Assert.Equal(4000, writer.Length);
        Assert.Equal(4000, output.WrittenCount);
    }

    [Fact]
    public void A_typed_parameter_never_shows_its_value()
    {
        RemoteTypedParam parameter = new("password", RemoteTypedParamValue.FromString("hunter2"));
        Assert.DoesNotContain("hunter2", parameter.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => parameter.Value.AsInt64());
    }
}
