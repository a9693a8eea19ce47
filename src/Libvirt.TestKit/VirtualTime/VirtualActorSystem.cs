using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Libvirt.TestKit;

/// <summary>
/// An actor system on virtual time, with captured logs and probes. Disposing it terminates the system and fails when actors do not stop or
/// timers are left on the clock.
/// </summary>
public sealed class VirtualActorSystem : IAsyncDisposable
{
    private readonly VirtualActorSystemOptions _options;
    private readonly bool _ownsSystem;
    private readonly VirtualTime _time;
    private readonly ITestKitAssertions _assertions;
    private int _probes;

    /// <summary>Creates the actor system.</summary>
    /// <param name="options">The options; the defaults when null.</param>
    public VirtualActorSystem(VirtualActorSystemOptions? options = null)
    {
        _options = options ?? new VirtualActorSystemOptions();
        Time = new VirtualTimeProvider(_options.Start);
        Config config = _options.Config
            .WithFallback(ConfigurationFactory.ParseString("akka.loggers = []"))
            .WithFallback(VirtualTime.Config(Time, _options.RealTimeLimit));
        System = ActorSystem.Create(_options.Name, config);
        _ownsSystem = true;
        _time = VirtualTime.Of(System);
        _assertions = new KitAssertions(_time);
        Logs = new LogCapture(System, _options.Output);
    }

    /// <summary>
    /// Uses an actor system that was created with the configuration of <see cref="VirtualTime.Config"/>, such as that of a test kit. Disposing does not terminate
    /// it, and looks for nothing that is left behind.
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <param name="output">Receives each log record as a line of text; none when null.</param>
    /// <exception cref="ConfigurationException">The system does not run on virtual time.</exception>
    public VirtualActorSystem(ActorSystem system, Action<string>? output = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        _time = VirtualTime.Of(system);
        _options = new VirtualActorSystemOptions { Name = system.Name, RealTimeLimit = _time.RealTimeLimit, Output = output };
        _assertions = new KitAssertions(_time);
        Time = _time.Time;
        System = system;
        Logs = new LogCapture(System, output);
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>The clock. Advance it with <see cref="AdvanceAsync"/>, which lets the actors handle each instant.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>The log records of the system and its actors.</summary>
    public LogCapture Logs { get; }

    /// <summary>How long a wait may take in real time.</summary>
    public TimeSpan RealTimeLimit => _options.RealTimeLimit;

    /// <summary>Creates a probe: an actor that keeps its messages for the test to examine.</summary>
    /// <param name="name">The name of the probe below <c>/system</c>; <c>probe-1</c> and so on when null.</param>
    public TestProbe CreateProbe(string? name = null)
    {
        // The constructor of a probe replaces the context of the thread, which would redirect the continuations of the test.
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            return new TestProbe(System, _assertions, name ?? $"probe-{Interlocked.Increment(ref _probes)}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Makes settling wait for it as well.</summary>
    internal void Include(IExternalActivity external) => _time.Include(external);

    /// <inheritdoc cref="VirtualTime.SettleAsync"/>
    public Task SettleAsync() => _time.SettleAsync();

    /// <inheritdoc cref="VirtualTime.AdvanceAsync"/>
    public Task AdvanceAsync(TimeSpan by) => _time.AdvanceAsync(by);

    /// <inheritdoc cref="VirtualTime.StepAsync"/>
    public Task<bool> StepAsync(TimeSpan end) => _time.StepAsync(end);

    /// <inheritdoc cref="VirtualTime.UntilAsync"/>
    public Task UntilAsync(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        _time.UntilAsync(condition, within, expression);

    /// <inheritdoc cref="VirtualTime.CompleteAsync{T}(Task{T}, TimeSpan?)"/>
    public Task<T> CompleteAsync<T>(Task<T> task, TimeSpan? within = null) => _time.CompleteAsync(task, within);

    /// <inheritdoc cref="VirtualTime.CompleteAsync{T}(Task{T}, TimeSpan?)"/>
    public Task CompleteAsync(Task task, TimeSpan? within = null) => _time.CompleteAsync(task, within);

    /// <summary>Expects that the actor stops without time passing.</summary>
    /// <param name="actor">The actor.</param>
    /// <exception cref="ExpectationException">It does not stop within the limit of real time.</exception>
    public async Task ExpectStoppedAsync(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        try
        {
            await actor.WatchAsync().WaitAsync(RealTimeLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw _time.Failed($"Expected '{PathOf(actor)}' to have stopped, but within {RealTimeLimit} of real time it has not.");
        }
    }

    /// <summary>Expects that the actor is alive when everything has settled.</summary>
    /// <param name="actor">The actor.</param>
    /// <exception cref="ExpectationException">It has stopped.</exception>
    public async Task ExpectAliveAsync(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await SettleAsync().ConfigureAwait(false);
        if (actor is not ActorRefWithCell { Underlying.IsTerminated: false })
            throw _time.Failed($"Expected '{PathOf(actor)}' to be alive after everything has settled, but it has stopped.");
    }

    /// <summary>Terminates the actor system, if this object created it.</summary>
    /// <exception cref="ExpectationException">
    /// Actors do not stop within the limit of real time, timers are left on the clock, or actors are alive and
    /// <see cref="VirtualActorSystemOptions.ExpectActorsStopped"/> is set. Not thrown after an earlier expectation has failed.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (!_ownsSystem)
            return;
        IReadOnlyList<LivingActor> living = _options.ExpectActorsStopped ? await ReadLivingAsync().ConfigureAwait(false) : [];
        try
        {
            await System.Terminate().WaitAsync(RealTimeLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (_time.HasFailed)
                return;
            throw new ExpectationException(
                $"Expected the actor system to terminate within {RealTimeLimit} of real time, but actors are left:{VirtualTime.Lines(ActorTree.Below(System))}");
        }

        if (_time.HasFailed)
            return;
        if (living.Count > 0)
            throw new ExpectationException($"Expected the test to stop its actors, but {living.Count} were alive:{VirtualTime.Lines(living)}");
        await ExpectNoTimersAsync().ConfigureAwait(false);
    }

    private static string PathOf(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    private async Task<IReadOnlyList<LivingActor>> ReadLivingAsync()
    {
        if (!_time.HasFailed)
            await SettleAsync().ConfigureAwait(false);
        return ActorTree.Below(System);
    }

    private async Task ExpectNoTimersAsync()
    {
        // A timer may belong to something outside of the actors that has yet to notice the end of the system.
        await SettleAsync().ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        while (Time.ActiveTimers > 0 && Stopwatch.GetElapsedTime(start) < RealTimeLimit)
            await Task.Delay(1).ConfigureAwait(false);
        IReadOnlyList<string> timers = Time.DescribeTimers();
        if (timers.Count > 0)
            throw new ExpectationException($"Expected no timer to be left after the termination, but {timers.Count} are:{VirtualTime.Lines(timers)}");
    }
}
