using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Hypervisors;

public sealed class ReconnectTests
{
    private static readonly LibvirtConnectException Refused = new(ConnectFailure.Refused, "Nobody listens.");

    [Fact]
    public async Task A_lost_connection_is_made_again_after_the_backoff()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        HypervisorState.Backoff backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
        Assert.Equal(1, backoff.Attempt);
        Assert.Equal(scenario.Kit.Time.GetUtcNow() + TimeSpan.FromSeconds(1), backoff.NextAttempt);
        Assert.IsType<EndOfStreamException>(backoff.Reason);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();

        await scenario.ReachAsync<HypervisorState.Ready>();
    }

    [Fact]
    public async Task Delays_double_up_to_the_longest_while_attempts_fail()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        host.Refuse(Refused);

        scenario.Daemon.Close();
        List<double> delays = [];
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            HypervisorState.Backoff backoff = await ReachAttempt(scenario, attempt);
            TimeSpan delay = backoff.NextAttempt - scenario.Kit.Time.GetUtcNow();
            delays.Add(delay.TotalSeconds);
            await scenario.Kit.AdvanceAsync(delay);
        }

        Assert.Equal([1, 2, 4, 8, 8, 8], delays);
    }

    [Fact]
    public async Task A_connection_that_lasted_starts_the_delays_anew_and_one_that_did_not_lets_them_grow()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, keepAlive: false);
        ScriptedDaemon daemon = scenario.Daemon;
        List<double> delays = [];

        foreach (int secondsUntilLost in new[] { 0, 10, 10, 61 })
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(secondsUntilLost));
            daemon.Close();
            HypervisorState.Backoff backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
            delays.Add((backoff.NextAttempt - scenario.Kit.Time.GetUtcNow()).TotalSeconds);
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(delays[^1]));
            daemon = await host.NextAttemptAsync();
            await daemon.PlayHandshakeAsync(keepAlive: false);
            await scenario.ReachAsync<HypervisorState.Ready>();
        }

        Assert.Equal([1, 2, 4, 1], delays);
    }

    [Fact]
    public async Task As_many_failed_attempts_as_allowed_close_the_hypervisor_with_the_last_reason()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { ReconnectAttempts = 2 });
        host.Refuse(Refused);

        scenario.Daemon.Close();
        await ReachAttempt(scenario, 1);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ReachAttempt(scenario, 2);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Same(Refused, (await scenario.ReachAsync<HypervisorState.Closed>()).Reason);
        Assert.Equal(3, host.Attempts);
    }

    [Fact]
    public async Task What_no_retry_can_mend_closes_the_hypervisor_at_once()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.ReplyErrorAsync(await next.ExpectCallAsync(RemoteProcedures.AuthList), ErrorNumber.AuthFailed, ErrorDomain.Rpc, "no entry");

        HypervisorState.Closed closed = await scenario.ReachAsync<HypervisorState.Closed>();
        Assert.Equal(ConnectFailure.AuthenticationFailed, Assert.IsType<LibvirtConnectException>(closed.Reason).Reason);
    }

    [Fact]
    public async Task A_hypervisor_that_is_closed_while_it_waits_does_not_come_back()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Hypervisor.DisposeAsync();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(1, host.Attempts);
        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.AskVersionAsync());
    }

    [Fact]
    public async Task Everybody_who_follows_the_state_sees_every_change_and_the_end()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        List<HypervisorState> seen = [];
        Task following = Task.Run(async () =>
        {
            await foreach (HypervisorState state in scenario.Hypervisor.StateChanges)
            {
                lock (seen)
                    seen.Add(state);
            }
        });
        while (true)
        {
            lock (seen)
            {
                if (seen.Count == 1)
                    break;
            }

            await Task.Yield();
        }

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        await (await host.NextAttemptAsync()).PlayHandshakeAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.Runtime.DisposeAsync();
        await following;

        Assert.Collection(
            seen,
            state => Assert.IsType<HypervisorState.Ready>(state),
            state => Assert.IsType<HypervisorState.Backoff>(state),
            state => Assert.IsType<HypervisorState.Connecting>(state),
            state => Assert.IsType<HypervisorState.Ready>(state),
            state => Assert.IsType<HypervisorState.Closed>(state));
    }

    private static async Task<HypervisorState.Backoff> ReachAttempt(ConnectedScenario scenario, int attempt)
    {
        await foreach (HypervisorState state in scenario.Hypervisor.StateChanges)
        {
            if (state is HypervisorState.Backoff backoff && backoff.Attempt == attempt)
                return backoff;
        }

        throw new InvalidOperationException($"The hypervisor closed before attempt {attempt}.");
    }
}
