using System.Diagnostics;

namespace Actors.TestKit;

/// <summary>
/// A system of actors on virtual time, with captured logs and probes. Disposing it stops the actors and fails when one of them, or a
/// timer, is left.
/// </summary>
public sealed class ActorTestKit : IAsyncDisposable
{
    private readonly ActorTestKitOptions _options;
    private readonly Settler _settler;
    private int _probes;

    /// <summary>Makes the system.</summary>
    /// <param name="options">The defaults when null.</param>
    /// <exception cref="ArgumentException">The system that the options make does not track its activity.</exception>
    public ActorTestKit(ActorTestKitOptions? options = null)
    {
        _options = options ?? new ActorTestKitOptions();
        Time = new VirtualTimeProvider(_options.Start);
        Logs = new LogCapture(this, _options.Output);
        System = _options.CreateSystem is { } create ? create(Time, Logs) : CreateEmbedded();
        if (System is not IActorSystemDiagnostics { IsTracking: true } diagnostics)
            throw new ArgumentException("The system under test must track its activity, or nobody can tell when it has settled.", nameof(options));
        _settler = new Settler(diagnostics, Time, _options.RealTimeLimit);
    }

    /// <summary>The system under test.</summary>
    public IActorSystem System { get; }

    /// <summary>Its clock. Move it with <see cref="AdvanceAsync"/>, which lets the actors follow.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>What the system and its actors have logged.</summary>
    public LogCapture Logs { get; }

    /// <summary>How long an expectation may wait in real time.</summary>
    public TimeSpan RealTimeLimit => _options.RealTimeLimit;

    /// <summary>Whether an expectation has failed, so that the test is lost already and what it leaves behind tells nothing.</summary>
    internal bool HasFailed { get; private set; }

    /// <inheritdoc cref="IActorSystem.Spawn{TMessage}"/>
    public IActorRef<TMessage> Spawn<TMessage>(string name, Func<Actor<TMessage>> factory, ActorOptions? options = null) =>
        System.Spawn(name, factory, options);

    /// <summary>Makes a probe: an actor that keeps what it is told for the test to look at.</summary>
    /// <param name="name">The probe's name at the top of the tree; <c>probe-1</c> and so on when null.</param>
    public TestProbe<TMessage> CreateProbe<TMessage>(string? name = null) =>
        new(this, name ?? $"probe-{Interlocked.Increment(ref _probes)}");

    /// <summary>
    /// Returns when no actor has anything to do: each message and each timer due now has been handled. An actor whose handler awaits
    /// something counts as at rest. When what it awaits comes from outside of the actors and of virtual time, such as a socket, expect what
    /// follows from it instead of settling.
    /// </summary>
    /// <exception cref="ExpectationException">The actors do not come to rest within the limit of real time.</exception>
    public Task SettleAsync() => _settler.SettleAsync();

    /// <summary>
    /// Lets virtual time pass, instant by instant: the actors settle before, between and after, so each sees every tick at its time.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await SettleAsync().ConfigureAwait(false);
        TimeSpan end = Time.Elapsed + by;
        while (await StepAsync(end).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Expects that the actor ends for good, without the help of time.</summary>
    public async Task ExpectStoppedAsync(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        try
        {
            await System.WhenStopped(actor).WaitAsync(RealTimeLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Failed($"Expected '{actor.Path}' to have stopped, but within {RealTimeLimit} of real time it has not.");
        }
    }

    /// <summary>Expects that the actor lives on once everything has settled.</summary>
    public async Task ExpectAliveAsync(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await SettleAsync().ConfigureAwait(false);
        if (System.WhenStopped(actor).IsCompleted)
            throw Failed($"Expected '{actor.Path}' to be alive after everything has settled, but it has stopped.");
    }

    /// <summary>Stops the system.</summary>
    /// <exception cref="ExpectationException">Actors do not end within the limit, or timers are left on the clock.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await System.ShutdownAsync().WaitAsync(RealTimeLimit).ConfigureAwait(false);
        }
        catch (TimeoutException) when (HasFailed)
        {
            return;
        }
        catch (TimeoutException)
        {
            throw new ExpectationException(
                $"Expected the system to shut down, but after {RealTimeLimit} of real time {System.Counters.LivingActors} actors are left.");
        }

        if (HasFailed)
            return;
        if (System.Counters.LivingActors is > 0 and long living)
            throw new ExpectationException($"Expected no actor to be left after the shutdown, but {living} are.");

        // What follows from the end of the system, such as the end of pending asks, counts as activity as well.
        await SettleAsync().ConfigureAwait(false);

        // A timer may belong to something outside of any actor that is just about to notice the end.
        long start = Stopwatch.GetTimestamp();
        while (Time.ActiveTimers > 0 && Stopwatch.GetElapsedTime(start) < RealTimeLimit)
            await Task.Delay(1).ConfigureAwait(false);
        if (Time.ActiveTimers is > 0 and int timers)
            throw new ExpectationException($"Expected no timer to be left after the shutdown, but {timers} are.");
    }

    /// <summary>Lets time pass up to the next timer, but not beyond <paramref name="end"/>. False when the end is reached.</summary>
    internal async Task<bool> StepAsync(TimeSpan end)
    {
        bool fired = Time.TryAdvanceToNextTimer(end - Time.Elapsed);
        if (!fired)
            Time.Advance(end - Time.Elapsed);
        await SettleAsync().ConfigureAwait(false);
        return fired;
    }

    internal ExpectationException Failed(string message)
    {
        HasFailed = true;
        return new ExpectationException(message);
    }

    private IActorSystem CreateEmbedded() => ActorSystem.Create(new ActorSystemOptions
    {
        Name = "test",
        TimeProvider = Time,
        LoggerFactory = Logs,
        Random = new Random(_options.Seed),
        TrackActivity = true,
    });
}
