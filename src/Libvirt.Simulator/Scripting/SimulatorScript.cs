namespace Libvirt.Simulator;

/// <summary>
/// Says what goes wrong and when. A rule is made by one of the <c>When</c> methods, narrowed (<c>OnHost</c>, <c>Skip</c>, <c>Times</c>) and given
/// its harm; the first rule that fits a call does its harm to it. All times are those of the simulator's <see cref="TimeProvider"/>.
/// Safe to use from any thread while clients are connected.
/// </summary>
public sealed class SimulatorScript
{
    private readonly HypervisorSimulator _simulator;
    private readonly Lock _gate = new();
    private readonly List<CallRule> _calls = [];
    private readonly List<ConnectRule> _connects = [];
    private readonly List<ITimer> _timers = [];

    internal SimulatorScript(HypervisorSimulator simulator) => _simulator = simulator;

    /// <summary>Whether keepalive pings are answered; a simulator that does not is dead to a client that asks.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>A rule for one procedure, for example <c>RemoteProcedures.DomainGetInfo</c>.</summary>
    public CallRule When(Procedure procedure)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return Add(new CallRule(procedure));
    }

    /// <summary>A rule for every call, the ones of the handshake included.</summary>
    public CallRule WhenAnyCall() => Add(new CallRule(null));

    /// <summary>A rule for clients that have just been accepted, before anything is read from them.</summary>
    public ConnectRule WhenConnecting()
    {
        ConnectRule rule = new();
        lock (_gate)
            _connects.Add(rule);
        return rule;
    }

    /// <summary>Does something once, when <paramref name="delay"/> has passed from now.</summary>
    public void After(TimeSpan delay, Action<HypervisorSimulator> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Keep(_simulator.Time.CreateTimer(_ => action(_simulator), null, delay, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Does something again and again, each time when <paramref name="interval"/> has passed.</summary>
    public void Every(TimeSpan interval, Action<HypervisorSimulator> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Keep(_simulator.Time.CreateTimer(_ => action(_simulator), null, interval, interval));
    }

    /// <summary>Takes back every rule and everything that was to happen later; pings are answered again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            _connects.Clear();
            foreach (ITimer timer in _timers)
                timer.Dispose();
            _timers.Clear();
        }
        AnswersPings = true;
    }

    internal bool IgnoresPings(ClientSession session) => !AnswersPings || session.Ended.IsCancellationRequested;

    internal CallFault? FindCallFault(ClientSession session, Procedure procedure)
    {
        lock (_gate)
        {
            foreach (CallRule rule in _calls)
            {
                if (rule.TryTake(session, procedure) is CallFault fault)
                    return fault;
            }
            return null;
        }
    }

    internal ConnectFault? FindConnectFault(ClientSession session)
    {
        lock (_gate)
        {
            foreach (ConnectRule rule in _connects)
            {
                if (rule.TryTake(session) is ConnectFault fault)
                    return fault;
            }
            return null;
        }
    }

    private CallRule Add(CallRule rule)
    {
        lock (_gate)
            _calls.Add(rule);
        return rule;
    }

    private void Keep(ITimer timer)
    {
        lock (_gate)
            _timers.Add(timer);
    }
}
