using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Scenarios written down as JSON.</summary>
public sealed class ScenarioTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly HypervisorSimulator _simulator;

    public ScenarioTests() => _simulator = new HypervisorSimulator(new SimulatorOptions { Time = _time });

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public void Hosts_guests_and_volumes_are_as_written()
    {
        Play(
            """
            {
              // Two of one kind, and one of another.
              "hosts": [
                { "name": "small-{n}", "count": 2, "cores": 2, "memoryMiB": 4096, "domains": [{ "name": "web-{n}", "count": 3 }] },
                {
                  "name": "big",
                  "domains": [
                    { "name": "db", "memoryMiB": 8192, "vcpus": 8, "autostart": true, "cpuLoad": 0.5, "shutdownTime": "1.5m", "agent": false },
                    { "name": "off", "running": false },
                    { "xml": "<domain type='kvm'><name>written</name><memory>1024</memory><os><type>hvm</type></os></domain>" },
                  ],
                  "volumes": [{ "name": "disk", "capacityMiB": 8, "contentMiB": 2 }],
                },
              ],
            }
            """);

        Assert.Equal(["small-1", "small-2", "big"], _simulator.Hosts.Select(host => host.Name));
        SimulatedHost small = _simulator.FindHost("small-2")!;
        Assert.Equal((8, 4UL << 20), (small.Hardware.Cpus, small.Hardware.MemoryKiB));
        Assert.Equal(["web-1", "web-2", "web-3"], small.Domains.All.Select(domain => domain.Name));
        Assert.All(small.Domains.All, domain => Assert.True(domain.IsActive));
        SimulatedHost big = _simulator.FindHost("big")!;
        Assert.Equal(["db", "off", "written"], big.Domains.All.Select(domain => domain.Name));
        Assert.Equal((false, true), (big.Domains["off"].IsActive, big.Domains["db"].Autostart));
        Assert.Equal((0.5, TimeSpan.FromSeconds(90), false),
            (big.Domains["db"].Behavior!.CpuLoad, big.Domains["db"].Behavior!.ShutdownTime, big.Domains["db"].Behavior!.HasAgent));
        SimulatedVolume disk = big.StoragePools["default"].Find("disk")!;
        Assert.Equal((8L << 20, 2L << 20), (disk.Capacity, disk.Allocation));
    }

    [Fact]
    public void The_timeline_happens_at_its_times()
    {
        Play(
            """
            {
              "hosts": [{ "name": "hv1", "domains": [{ "name": "a" }, { "name": "b" }] }, { "name": "hv2" }],
              "timeline": [
                { "at": "10s", "host": "hv1", "domain": "a", "do": "suspend" },
                { "at": "20s", "do": "destroy", "domain": "b" },
                { "at": "30s", "do": "suspend", "domain": "b" },
                { "every": "1m", "host": "hv2", "do": "crash-daemon", "for": "5s" }
              ]
            }
            """);
        SimulatedHost first = _simulator.FindHost("hv1")!;
        SimulatedHost second = _simulator.FindHost("hv2")!;

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((DomainState.Paused, DomainState.Running), (first.Domains["a"].State, first.Domains["b"].State));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(DomainState.Shutoff, first.Domains["b"].State);
        for (int minute = 0; minute < 2; minute++)
        {
            _time.Advance(TimeSpan.FromSeconds(minute == 0 ? 30 : 55));
            Assert.Equal((true, false), (first.IsUp, second.IsUp));
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(second.IsUp);
        }
    }

    [Fact]
    public async Task Faults_hold_for_the_calls_they_name()
    {
        Play(
            """
            {
              "hosts": [{ "name": "hv1" }],
              "faults": [
                { "on": "virConnectGetHostname", "skip": 1, "times": 1, "do": "refuse", "code": "38", "detail": "no" },
                { "on": "connect", "skip": 1, "do": "refuse" }
              ]
            }
            """);
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(async () => await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value));

        Assert.Equal(38, refused.Error.Code);
        Assert.Equal("hv1", (await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
        await using Stream second = _simulator.ConnectInMemory();
        Assert.Equal(0, await second.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("not json", "invalid")]
    [InlineData("""{ "host": [] }""", "host")]
    [InlineData("""{ "hosts": [{ "name": "a" }, { "name": "a" }] }""", "two hosts named 'a'")]
    [InlineData("""{ "hosts": [{ "name": "a", "count": 2 }] }""", "{n}")]
    [InlineData("""{ "hosts": [{ "name": "a", "domains": [{ "vcpus": 1 }] }] }""", "'name' or an 'xml'")]
    [InlineData("""{ "timeline": [{ "do": "recover" }] }""", "timeline[0]: it needs 'at'")]
    [InlineData("""{ "timeline": [{ "at": "soon", "do": "recover" }] }""", "not 'soon'")]
    [InlineData("""{ "timeline": [{ "at": "5s", "do": "explode" }] }""", "crash-daemon")]
    [InlineData("""{ "timeline": [{ "at": "5s", "do": "recover", "host": "none" }] }""", "no host 'none'")]
    [InlineData("""{ "timeline": [{ "at": "5s", "do": "recover", "domain": "a" }] }""", "takes no 'domain'")]
    [InlineData("""{ "faults": [{ "on": "domain_crate", "do": "drop" }] }""", "not 'domain_crate'")]
    [InlineData("""{ "faults": [{ "on": "*", "do": "drop" }, { "on": "*", "do": "delay" }] }""", "faults[1]: 'delay' needs 'for'")]
    [InlineData("""{ "faults": [{ "on": "*", "do": "refuse", "code": "Nonsense" }] }""", "not 'Nonsense'")]
    [InlineData("""{ "faults": [{ "on": "*", "do": "break-stream", "bytes": 1, "how": "loudly" }] }""", "not 'loudly'")]
    [InlineData("""{ "faults": [{ "on": "*", "do": "drop", "times": 0 }] }""", "'times' at least 1")]
    public void What_makes_no_sense_is_named(string json, string named)
    {
        ScenarioException failure = Assert.Throws<ScenarioException>(() => Scenario.Parse(json));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_scenario_can_be_played()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "simulator.md"));
        string json = page.Split("```json\n")[1].Split("```")[0];

        Play(json);

        Assert.Equal(["rack-1", "rack-2", "rack-3", "vault"], _simulator.Hosts.Select(host => host.Name));
    }

    private void Play(string json)
    {
        Scenario scenario = Scenario.Parse(json);
        scenario.AddHosts(_simulator);
        scenario.Begin(_simulator);
    }
}
