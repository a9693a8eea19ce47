using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Connections;

public sealed class OverflowReliefTests : IDisposable
{
    private static readonly HypervisorOptions Options = new()
    {
        MaxInFlight = 3,
        MaxConnections = 2,
        SlowCallAfter = TimeSpan.FromSeconds(1),
        SlowProcedures = ProcedureSet.Of(RemoteProcedures.DomainSuspend),
    };

    private readonly ConnectionParts _parts = new(Options);

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData("Main", 2, true)]
    [InlineData("Main", 1, false)]
    [InlineData("Overflow", 2, false)]
    [InlineData("Bulk", 2, false)]
    public void Slow_procedures_leave_only_a_main_connection_that_may_have_another_beside_it(string role, int maxConnections, bool leaves)
    {
        OverflowRelief relief = new(Options with { MaxConnections = maxConnections }, Enum.Parse<ConnectionRole>(role), _parts.Calls);

        Assert.Equal(leaves, relief.IsKnownSlow(_parts.NewCall(RemoteProcedures.DomainSuspend)));
        Assert.False(relief.IsKnownSlow(_parts.NewCall(RemoteProcedures.DomainSuspend, CallPriority.Control)));
        Assert.False(relief.IsKnownSlow(_parts.NewCall(RemoteProcedures.DomainGetInfo)));
    }

    [Fact]
    public void A_connection_is_stuck_when_every_call_in_flight_is_slow_and_others_wait()
    {
        OverflowRelief relief = new(Options, ConnectionRole.Main, _parts.Calls);
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> slow = _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.SendCalls();
        _parts.Time.Advance(TimeSpan.FromMilliseconds(500));
        _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.SendCalls();
        _parts.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(relief.IsStuck);

        PendingCall<DomainGetInfoRet> waiting = _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.True(relief.IsStuck);

        // A place that has just been taken again is not held by a slow call.
        _parts.Calls.TryTake(slow.Serial, out _);
        _parts.SendCalls();
        Assert.True(waiting.WasSent);
        _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.False(relief.IsStuck);
    }

    [Fact]
    public void Waiting_calls_move_to_the_open_connection_and_stay_without_one()
    {
        OverflowRelief relief = new(Options, ConnectionRole.Main, _parts.Calls);
        PendingCall<DomainGetInfoRet> first = _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> second = _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.False(relief.TryMoveWaiting());
        Assert.Equal(2, _parts.Calls.Waiting.Count);

        (ConnectionHandle overflow, RecordingActorRef actor) = Bound("connection-2");
        relief.Use(overflow);
        Assert.True(relief.TryMoveWaiting());

        Assert.Equal([first, second], actor.Take());
        Assert.Same(overflow, first.Holder);
        Assert.Equal(0, _parts.Calls.Waiting.Count);
    }

    [Fact]
    public void An_open_connection_is_kept_and_one_that_closes_is_replaced()
    {
        OverflowRelief relief = new(Options, ConnectionRole.Main, _parts.Calls);
        (ConnectionHandle second, RecordingActorRef secondActor) = Bound("connection-2");
        (ConnectionHandle third, RecordingActorRef thirdActor) = Bound("connection-3");
        IPendingCall call = _parts.NewCall(RemoteProcedures.DomainSuspend);
        relief.Use(second);
        relief.Use(third);
        Assert.True(relief.TryMove(call));
        Assert.Equal([call], secondActor.Take());

        second.BeginClose();
        Assert.False(relief.TryMove(call));
        relief.Use(third);

        Assert.True(relief.TryMove(call));
        Assert.Equal([call], thirdActor.Take());
        Assert.Empty(secondActor.Take());
    }

    private static (ConnectionHandle Handle, RecordingActorRef Actor) Bound(string name)
    {
        RecordingActorRef actor = new(name);
        ConnectionHandle handle = new(successor: null);
        handle.Bind(actor);
        return (handle, actor);
    }
}
