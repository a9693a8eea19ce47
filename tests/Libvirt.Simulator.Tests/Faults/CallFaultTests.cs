using System.Buffers.Binary;
using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Each scripted harm and what a client sees of it, on virtual time.</summary>
public sealed class CallFaultTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly HypervisorSimulator _simulator;
    private readonly SimulatedHost _host;

    public CallFaultTests()
    {
        _simulator = new HypervisorSimulator(new SimulatorOptions { Time = _time });
        _host = _simulator.AddHost("hv1");
        _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task A_delayed_call_waits_while_others_are_served()
    {
        CallRule rule = _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Once().Delay(TimeSpan.FromMinutes(1));
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        uint delayed = await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        uint other = await client.SendAsync(RemoteProcedures.ConnectGetType, XdrVoid.Value);
        uint first = (await client.ReadAsync()).Header.Serial;
        _time.Advance(TimeSpan.FromMinutes(1));
        uint second = (await client.ReadAsync()).Header.Serial;

        Assert.Equal((other, delayed, 1), (first, second, rule.Taken));
    }

    [Fact]
    public async Task A_call_without_a_reply_harms_no_other()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).NeverReply();
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        for (int i = 0; i < _simulator.Options.MaxClientRequests - 1; i++)
            await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);

        Assert.Equal("QEMU", (await client.CallAsync(RemoteProcedures.ConnectGetType, XdrVoid.Value)).Type);
    }

    [Fact]
    public async Task With_as_many_calls_outstanding_as_allowed_not_even_a_ping_is_read()
    {
        CallRule rule = _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Delay(TimeSpan.FromMinutes(1));
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        int limit = _simulator.Options.MaxClientRequests;

        for (int i = 0; i < limit; i++)
            await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        await client.SendAsync(KeepAliveProgram.Number, 1, MessageType.Message, [], serial: 0);
        await Eventually.IsTrueAsync(() => rule.Taken == limit && _time.ActiveTimers == limit, cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(RemoteProcedures.Program, (await client.ReadAsync()).Header.Program);
    }

    [Fact]
    public async Task A_refused_call_gets_the_scripted_error_as_often_as_asked()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Skip(1).Times(2).Refuse(ErrorNumber.OperationTimeout, "too busy");
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        List<string> seen = [];

        for (int i = 0; i < 4; i++)
        {
            await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
            RawFrame reply = await client.ReadAsync();
            seen.Add(reply.IsError ? reply.Error.Message! : reply.Result<ConnectGetHostnameRet>().Hostname);
        }

        Assert.Equal(["hv1", "Timed out during operation: too busy", "Timed out during operation: too busy", "hv1"], seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dropped_connection_ends_before_or_after_the_call_took_effect(bool served)
    {
        CallRule rule = _simulator.Script.When(RemoteProcedures.DomainSuspend);
        _ = served ? rule.DropConnectionAfterServing() : rule.DropConnection();
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.DomainSuspend, new DomainSuspendArgs { Dom = _host.Domains["web"].Wire });

        Assert.Empty(await client.ReadToEndAsync());
        Assert.Equal(served ? DomainState.Paused : DomainState.Running, _host.Domains["web"].State);
    }

    [Fact]
    public async Task A_truncated_reply_ends_in_the_middle()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Truncate(10);
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);

        Assert.Equal(10, (await client.ReadToEndAsync()).Length);
    }

    [Fact]
    public async Task A_corrupted_reply_has_flipped_bytes()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Once().Corrupt();
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        RawFrame reply = await client.ReadAsync();

        Assert.Equal(~3, BinaryPrimitives.ReadInt32BigEndian(reply.Payload));
        Assert.Equal("hv1", (await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
    }

    [Fact]
    public async Task A_lying_length_word_says_what_was_scripted()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).LieAboutLength(0x7FFFFFFF);
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);

        Assert.Equal([0x7F, 0xFF, 0xFF, 0xFF], await client.ReadBytesAsync(4));
    }

    [Fact]
    public async Task A_stalled_connection_answers_nothing_until_its_time_is_over()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Once().Stall(TimeSpan.FromMinutes(1));
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        await client.SendAsync(KeepAliveProgram.Number, 1, MessageType.Message, [], serial: 0);
        await Eventually.IsTrueAsync(() => _time.ActiveTimers > 0, cancellationToken: Cancellation);
        Task<RawFrame> next = client.ReadAsync();
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(RemoteProcedures.ConnectGetHostname.Number, (await next).Header.Procedure);
        Assert.Equal(KeepAliveProgram.Number, (await client.ReadAsync()).Header.Program);
    }

    [Fact]
    public async Task A_storm_comes_before_the_reply()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        await client.CallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny, new ConnectDomainEventCallbackRegisterAnyArgs { EventId = 0, Dom = null });
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Storm(1000);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        int events = 0;
        while ((await client.ReadAsync()).Header.Type == MessageType.Message)
            events++;

        Assert.Equal(1000, events);
    }

    [Fact]
    public async Task A_crashed_daemon_comes_back_with_its_guests_running()
    {
        _simulator.Script.When(RemoteProcedures.ConnectGetHostname).Once().CrashHost(comeBackAfter: TimeSpan.FromMinutes(5));
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value);
        Assert.Empty(await client.ReadToEndAsync());
        Assert.False(_host.IsUp);
        await using RawClient refused = new(_simulator.ConnectInMemory(_host));
        Assert.Empty(await refused.ReadToEndAsync());
        _time.Advance(TimeSpan.FromMinutes(5));

        await using RawClient again = await RawClient.OpenAsync(_simulator);
        Assert.Equal("hv1", (await again.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
        Assert.True(_host.Domains["web"].IsActive);
    }

    [Fact]
    public async Task A_crashed_machine_loses_its_guests_and_starts_those_that_are_marked_for_it()
    {
        SimulatedDomain marked = _host.Domains.Define("marked", memoryMiB: 128, vcpus: 1, running: true);
        marked.Autostart = true;

        _host.CrashMachine();
        Assert.False(marked.IsActive);
        _host.Recover();

        Assert.Equal((true, false), (marked.IsActive, _host.Domains["web"].IsActive));
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        Assert.Equal(1, (await client.CallAsync(RemoteProcedures.ConnectNumOfDomains, XdrVoid.Value)).Num);
    }

    [Theory]
    [InlineData(StreamBreak.Error)]
    [InlineData(StreamBreak.DropConnection)]
    public async Task A_download_breaks_where_it_was_scripted_to(StreamBreak how)
    {
        byte[] content = new byte[1 << 20];
        SimulatedVolume volume = _host.StoragePools["default"].AddVolume("disk", content.Length, content);
        _simulator.Script.When(RemoteProcedures.StorageVolDownload).BreakStreamAfter(600_000, how);
        await using RawClient client = await RawClient.OpenAsync(_simulator);

        await client.SendAsync(RemoteProcedures.StorageVolDownload, new StorageVolDownloadArgs { Vol = volume.Wire, Offset = 0, Length = 0, Flags = 0 });
        Assert.False((await client.ReadAsync()).IsError);
        Assert.Equal(2 * 262120, (await client.ReadAsync()).Payload.Length + (await client.ReadAsync()).Payload.Length);

        if (how == StreamBreak.DropConnection)
            Assert.Empty(await client.ReadToEndAsync());
        else
            Assert.Equal("internal error: the simulated stream broke as scripted", (await client.ReadAsync()).Error.Message);
    }

    [Fact]
    public async Task A_client_may_be_refused_or_left_waiting_at_the_door()
    {
        _simulator.Script.WhenConnecting().Once().Refuse();
        _simulator.Script.WhenConnecting().Once().Delay(TimeSpan.FromMinutes(1));

        await using RawClient refused = new(_simulator.ConnectInMemory());
        Assert.Empty(await refused.ReadToEndAsync());
        await using RawClient waiting = new(_simulator.ConnectInMemory());
        await waiting.SendAsync(RemoteProcedures.AuthList, XdrVoid.Value);
        await Eventually.IsTrueAsync(() => _time.ActiveTimers > 0, cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False((await waiting.ReadAsync()).IsError);
    }

    [Fact]
    public async Task A_client_that_ignores_pings_is_given_up()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        await client.CallAsync(RemoteProcedures.ConnectSupportsFeature, new ConnectSupportsFeatureArgs { Feature = 10 });

        for (int i = 0; i < 8; i++)
            _time.Advance(TimeSpan.FromSeconds(5));

        byte[] pings = await client.ReadToEndAsync();
        Assert.Equal(5, pings.Length / FrameLimits.PrefixSize);
        Assert.Equal(KeepAliveProgram.Number, BinaryPrimitives.ReadUInt32BigEndian(pings.AsSpan(4)));
    }

    [Fact]
    public async Task Statistics_move_with_the_clock()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        DomainGetInfoArgs web = new() { Dom = _host.Domains["web"].Wire };
        _host.Domains["web"].Behavior = new GuestBehavior { CpuLoad = 0.5 };

        _time.Advance(TimeSpan.FromSeconds(10));
        ulong first = (await client.CallAsync(RemoteProcedures.DomainGetInfo, web)).CpuTime;
        _time.Advance(TimeSpan.FromSeconds(10));
        ulong second = (await client.CallAsync(RemoteProcedures.DomainGetInfo, web)).CpuTime;
        _host.Domains["web"].Suspend();
        _time.Advance(TimeSpan.FromSeconds(10));
        ulong paused = (await client.CallAsync(RemoteProcedures.DomainGetInfo, web)).CpuTime;

        // The load swells and ebbs, so twice the time is not twice the work.
        Assert.InRange(first, 1UL, second - 1);
        Assert.Equal(second, paused);
    }

    [Fact]
    public async Task A_load_of_its_own_swells_and_ebbs_and_never_stands_still()
    {
        await using RawClient client = await RawClient.OpenAsync(_simulator);
        DomainGetInfoArgs web = new() { Dom = _host.Domains["web"].Wire };
        List<ulong> used = [];
        for (int second = 0; second < 30; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            used.Add((await client.CallAsync(RemoteProcedures.DomainGetInfo, web)).CpuTime);
        }

        ulong[] loads = [.. used.Zip(used.Skip(1), (before, after) => checked(after - before))];
        Assert.All(loads, load => Assert.InRange(load, 1UL, 2_000_000_000UL));
        Assert.True(loads.Max() > loads.Min() * 3 / 2);
    }

    [Fact]
    public void A_guest_takes_its_time_to_shut_down_or_takes_no_notice()
    {
        SimulatedDomain web = _host.Domains["web"];
        web.Behavior = new GuestBehavior { ShutdownTime = TimeSpan.FromSeconds(30) };
        SimulatedDomain deaf = _host.Domains.Define("deaf", memoryMiB: 128, vcpus: 1, running: true);
        deaf.Behavior = new GuestBehavior { IgnoresPowerButton = true };

        web.Shutdown();
        deaf.Shutdown();
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(web.IsActive);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((DomainState.Shutoff, DomainState.Running), (web.State, deaf.State));
    }

    [Fact]
    public void What_is_scripted_for_later_happens_then_and_not_after_the_script_was_cleared()
    {
        int once = 0, often = 0;
        _simulator.Script.After(TimeSpan.FromSeconds(10), _ => once++);
        _simulator.Script.Every(TimeSpan.FromSeconds(4), _ => often++);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((1, 5), (once, often));
        _simulator.Script.Clear();
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((1, 5), (once, often));
    }
}
