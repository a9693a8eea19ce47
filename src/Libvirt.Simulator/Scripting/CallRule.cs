namespace Libvirt.Simulator;

/// <summary>A rule for calls. It does nothing until it is given its harm; the last harm given counts.</summary>
public sealed class CallRule : ScriptRule<CallRule>
{
    private readonly Procedure? _procedure;
    private CallFault? _fault;

    internal CallRule(Procedure? procedure) => _procedure = procedure;

    /// <summary>The call is served only when <paramref name="delay"/> has passed; meanwhile others are served.</summary>
    public CallRule Delay(TimeSpan delay) => Set(new CallFault.Delay(delay));

    /// <summary>The call is served, its reply never sent. It stays outstanding, as with a daemon whose worker hangs.</summary>
    public CallRule NeverReply() => Set(new CallFault.NeverReply());

    /// <summary>The call is refused with an error of the simulated driver.</summary>
    public CallRule Refuse(ErrorNumber code, string? detail = null) => Refuse(new SimulatedFailureException(code, detail));

    /// <summary>The call is refused with this error.</summary>
    public CallRule Refuse(SimulatedFailureException failure) => Set(new CallFault.Refuse(failure));

    /// <summary>The connection ends before the call is served.</summary>
    public CallRule DropConnection() => Set(new CallFault.Drop(Served: false));

    /// <summary>The call is served, then the connection ends without a reply.</summary>
    public CallRule DropConnectionAfterServing() => Set(new CallFault.Drop(Served: true));

    /// <summary>Only the first <paramref name="bytes"/> bytes of the reply are sent, then the connection ends.</summary>
    public CallRule Truncate(int bytes) => Set(new CallFault.Truncate(bytes));

    /// <summary>
    /// All bits of some bytes of the reply are flipped: of the payload's first four, or the status word's where there is no payload, if nothing
    /// else is said.
    /// </summary>
    /// <param name="offset">Where, counted from the length word.</param>
    /// <param name="count">How many bytes.</param>
    public CallRule Corrupt(int? offset = null, int count = 4) => Set(new CallFault.Corrupt(offset, count));

    /// <summary>The reply's length word says <paramref name="length"/>, whatever the reply's length is.</summary>
    public CallRule LieAboutLength(uint length) => Set(new CallFault.Lie(length));

    /// <summary>
    /// From this call on the socket stays open and silent: nothing is read, nothing is sent, not even a pong; for <paramref name="duration"/>,
    /// or for ever. Then the call is served.
    /// </summary>
    public CallRule Stall(TimeSpan? duration = null) => Set(new CallFault.Stall(duration));

    /// <summary>The host's daemon crashes instead of serving the call, and comes back after <paramref name="comeBackAfter"/>, or never.</summary>
    public CallRule CrashHost(TimeSpan? comeBackAfter = null) => Set(new CallFault.CrashHost(comeBackAfter));

    /// <summary>This many lifecycle events of the host's domains are emitted before the call is served.</summary>
    public CallRule Storm(int events) => Set(new CallFault.Storm(events));

    /// <summary>The call is served; the stream that it begins is harmed when <paramref name="bytes"/> bytes have passed.</summary>
    public CallRule BreakStreamAfter(long bytes, StreamBreak how) => Set(new CallFault.BreakStream(new StreamFault(bytes, how)));

    /// <summary>Something of the test's own happens first, then the call is served.</summary>
    public CallRule Run(Action<HypervisorSimulator> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Set(new CallFault.Run(action));
    }

    internal CallFault? TryTake(ClientSession session, Procedure procedure)
    {
        if (_fault is null || _procedure is not null && _procedure != procedure)
            return null;
        return TryTakeTurn(session) ? _fault : null;
    }

    private CallRule Set(CallFault fault)
    {
        _fault = fault;
        return this;
    }
}
