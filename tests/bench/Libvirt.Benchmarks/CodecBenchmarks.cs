using BenchmarkDotNet.Attributes;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Benchmarks;

/// <summary>Payloads to bytes and back.</summary>
public class CodecBenchmarks
{
    private const int DomainCount = 100;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly RemoteDomain _domain = new("web", new Guid("6695eb01-f6a4-8304-79aa-97f2502e193f"), 1);
    private byte[] _info = [];
    private byte[] _list = [];
    private byte[] _xml = [];

    [GlobalSetup]
    public void Encode()
    {
        _info = XdrPayload.Write(new DomainGetInfoRet { State = 1, MaxMem = 8_388_608, Memory = 2_097_152, NrVirtCpu = 2, CpuTime = 42 });
        _list = XdrPayload.Write(new ConnectListAllDomainsRet { Domains = [.. Enumerable.Repeat(_domain, DomainCount)], Ret = DomainCount });
        _xml = XdrPayload.Write(new DomainGetXmlDescRet { Xml = new string('x', 10_000) });
    }

    [Benchmark(Description = "encode the arguments of DOMAIN_GET_INFO")]
    public long EncodeInfoArguments()
    {
        XdrWriter writer = new(_buffer.AsSpan());
        new DomainGetInfoArgs { Dom = _domain }.Write(ref writer);
        return writer.Length;
    }

    [Benchmark(Description = "decode the result of DOMAIN_GET_INFO")]
    public DomainGetInfoRet DecodeInfo() => XdrPayload.Read<DomainGetInfoRet>(_info);

    [Benchmark(Description = "decode a list of 100 domains")]
    public ConnectListAllDomainsRet DecodeList() => XdrPayload.Read<ConnectListAllDomainsRet>(_list);

    [Benchmark(Description = "decode XML of 10 kB")]
    public DomainGetXmlDescRet DecodeXml() => XdrPayload.Read<DomainGetXmlDescRet>(_xml);
}
