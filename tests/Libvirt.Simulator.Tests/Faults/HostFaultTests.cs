using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>What a whole host does to its clients, on virtual time.</summary>
public sealed class HostFaultTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly HypervisorSimulator _simulator;
    private readonly SimulatedHost _host;

    public HostFaultTests()
    {
        _simulator = new HypervisorSimulator(new SimulatorOptions { Time = _time });
        _host = _simulator.AddHost("hv1");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task A_dropped_client_may_come_back_at_once()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        _host.DropClients();

        Assert.Empty(await client.ReadToEndAsync());
        await using RawClient again = await RawClient.OpenAsync(_simulator);
        Assert.Equal("hv1", (await again.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
        await Eventually.IsTrueAsync(() => _host.ClientCount == 1 && _simulator.ClientCount == 1, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_client_that_is_dropped_while_it_asks_for_keepalive_is_not_pinged_for_ever()
    {
        CallRule rule = _simulator.Script.When(RemoteProcedures.ConnectSupportsFeature).Run(_ => _host.DropClients());
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectSupportsFeature, new ConnectSupportsFeatureArgs { Feature = 10 });

        Assert.Empty(await client.ReadToEndAsync());
        // The call is still served when the client has gone.
        await Eventually.IsTrueAsync(() => rule.Taken == 1 && _time.ActiveTimers == 0, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_client_that_is_dropped_while_it_opens_a_console_does_not_keep_it_from_the_next()
    {
        SimulatedDomain domain = _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        DomainOpenConsoleArgs args = new() { Dom = new RemoteDomain(domain.Name, domain.Uuid, domain.Id), DevName = null, Flags = 0 };
        _simulator.Script.When(RemoteProcedures.DomainOpenConsole).Once().Run(_ => _host.DropClients());
        await using RawClient dropped = await RawClient.OpenAsync(_simulator);
        await dropped.SendAsync(RemoteProcedures.DomainOpenConsole, args);
        Assert.Empty(await dropped.ReadToEndAsync());

        await using RawClient next = await RawClient.OpenAsync(_simulator);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await next.CallAsync(RemoteProcedures.DomainOpenConsole, args);
                break;
            }
            catch (RefusedException) when (!limit.IsCancellationRequested)
            {
                // The call of the dropped client is still being served.
            }
        }
    }

    [Fact]
    public async Task A_frozen_client_hears_everything_when_it_thaws()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        _host.FreezeClients(TimeSpan.FromMinutes(1));
        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        Task<RawFrame> reply = client.ReadAsync();
        Assert.False(reply.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("hv1", (await reply).Result<ConnectGetHostnameRet>().Hostname);
    }

    [Fact]
    public async Task Pings_may_stay_without_an_answer_while_calls_are_served()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        _simulator.Script.AnswersPings = false;

        await client.SendAsync(KeepAliveProgram.Number, 1, MessageType.Message, [], serial: 0);

        Assert.Equal("hv1", (await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
    }

    [Fact]
    public async Task A_host_goes_away_for_a_minute_every_hour()
    {
        _simulator.Script.Every(TimeSpan.FromHours(1), s => s.FindHost("hv1")!.CrashDaemon(comeBackAfter: TimeSpan.FromMinutes(1)));

        for (int hour = 0; hour < 3; hour++)
        {
            _time.Advance(TimeSpan.FromMinutes(hour == 0 ? 60 : 59));
            Assert.False(_host.IsUp);
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(_host.IsUp);
        }
        await using RawClient client = await RawClient.OpenAsync(_simulator);
    }

    [Fact]
    public async Task A_port_is_refused_while_its_host_is_down_and_the_same_afterwards()
    {
        // No outgoing connection of this machine is given this port while nobody listens on it.
        int port = Ports.Free();
        await using SimulatedEndpoint endpoint = _simulator.ListenTcp(port, _host);
        Virsh virsh = Virsh.On(endpoint.Uri());

        Assert.Equal("hv1", (await virsh.RunAsync("hostname")).Trim());
        _host.CrashDaemon();
        await Eventually.GetAsync(() => virsh.TryAsync("hostname"), r => r.Error.Contains("Connection refused", StringComparison.Ordinal), cancellationToken: Cancellation);
        _host.Recover();

        Assert.Equal("hv1", (await virsh.RunAsync("hostname")).Trim());
        Assert.Equal(port, endpoint.Port);
    }

    [Fact]
    public async Task A_rule_for_one_host_leaves_others_alone()
    {
        _simulator.AddHost("hv2");
        CallRule rule = _simulator.Script.When(RemoteProcedures.ConnectGetHostname).OnHost("hv2").Refuse(ErrorNumber.InternalError, "broken");
        await using RawClient first = await RawClient.OpenAsync(_simulator, "qemu:///hv1");
        await using RawClient second = await RawClient.OpenAsync(_simulator, "qemu:///hv2");

        Assert.Equal("hv1", (await first.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
        await Assert.ThrowsAsync<RefusedException>(() => second.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value));
        Assert.Equal(1, rule.Taken);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_given_up()
    {
        await using HypervisorSimulator simulator = new(new SimulatorOptions { Time = _time, MaxQueuedBytes = 100_000 });
        SimulatedHost host = simulator.AddHost("hv1");
        host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        await using RawClient client = await RawClient.OpenAsync(simulator);
        await client.CallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny, new ConnectDomainEventCallbackRegisterAnyArgs { EventId = 0, Dom = null });

        host.EmitStorm(100_000);

        await Eventually.IsTrueAsync(() => simulator.ClientCount == 0, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task Two_thousand_hosts_serve_two_thousand_clients()
    {
        const int Count = 2000;
        await using HypervisorSimulator simulator = new();
        for (int i = 0; i < Count; i++)
            simulator.AddHost($"hv{i}");

        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => RawClient.OpenAsync(simulator, $"qemu:///hv{i}")));
        ConnectGetHostnameRet[] names = await Task.WhenAll(clients.Select(c => c.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)));

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"hv{i}"), names.Select(n => n.Hostname));
        Assert.Equal(Count, simulator.ClientCount);
        foreach (RawClient client in clients)
            await client.DisposeAsync();
        await Eventually.IsTrueAsync(() => simulator.ClientCount == 0, cancellationToken: Cancellation);
    }
}
