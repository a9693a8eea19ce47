using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;

namespace Libvirt.TestKit;

/// <summary>
/// The virtual time of an <see cref="ActorSystem"/>. A test class of any Akka.TestKit flavor passes <see cref="Config"/> to its base class
/// and uses <see cref="Of"/>; <see cref="VirtualActorSystem"/> does both.
/// </summary>
public sealed class VirtualTime : IExtension
{
    /// <summary>How long a wait may take in real time by default.</summary>
    public static readonly TimeSpan DefaultRealTimeLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan DefaultVirtualLimit = TimeSpan.FromHours(1);

    private readonly ExtendedActorSystem _system;
    private readonly Settler _settler;

    internal VirtualTime(ExtendedActorSystem system)
    {
        _system = system;
        Time = system.Scheduler is VirtualTimeScheduler scheduler
            ? scheduler.Time
            : throw new ConfigurationException($"The actor system '{system.Name}' does not run on virtual time. Create it with the configuration that VirtualTime.Config returns.");
        RealTimeLimit = VirtualTimeConfig.ReadLimit(system.Settings.Config);
        _settler = new Settler(Time, RealTimeLimit, NotSettled);
    }

    /// <summary>The clock. Advance it with <see cref="AdvanceAsync"/>, which lets the actors handle each instant.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>How long a wait may take in real time.</summary>
    public TimeSpan RealTimeLimit { get; }

    /// <summary>Whether an expectation has failed. After that, what the test leaves behind is no further news.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>
    /// Returns the configuration of an actor system on a virtual clock: its scheduler and its dispatchers, and settings that would
    /// otherwise wait for real time. Several systems may be created with it; then they share the clock.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="realTimeLimit">How long a wait may take in real time, that of a test kit for a message included; 30 seconds by default.</param>
    public static Config Config(VirtualTimeProvider time, TimeSpan? realTimeLimit = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        return VirtualTimeConfig.Create(time, realTimeLimit ?? DefaultRealTimeLimit);
    }

    /// <summary>Returns the virtual time of a system that was created with <see cref="Config"/>.</summary>
    /// <exception cref="ConfigurationException">The system does not run on virtual time.</exception>
    public static VirtualTime Of(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<VirtualTime, VirtualTimeExtension>();
    }

    /// <summary>
    /// Returns when nothing is left to do at the present instant: every message has been handled, no timer is due, and the thread pool has
    /// finished the continuations that follow from them. In a <see cref="LibvirtScenario"/>, the simulated daemons have done their part as well. What comes
    /// from elsewhere, such as a socket, is not waited for: expect what follows from it instead.
    /// </summary>
    /// <exception cref="ExpectationException">The actors do not come to rest within the limit of real time.</exception>
    public async Task SettleAsync()
    {
        await PoolQuiescence.LetUnblockedContinueAsync().ConfigureAwait(false);
        await _settler.SettleAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Advances the clock instant by instant: the actors settle before, between and after, so each of them handles every timer at its time.
    /// </summary>
    /// <param name="by">The virtual time to add.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="ExpectationException">The actors do not come to rest within the limit of real time.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await SettleAsync().ConfigureAwait(false);
        TimeSpan end = Time.Elapsed + by;
        while (await StepAsync(end).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Advances the clock to the next timer, but not beyond an end, and lets the actors settle.</summary>
    /// <param name="end">The end, as <see cref="VirtualTimeProvider.Elapsed"/> counts it.</param>
    /// <returns>False when no timer was due until the end, which has been reached.</returns>
    /// <exception cref="ExpectationException">The actors do not come to rest within the limit of real time.</exception>
    public async Task<bool> StepAsync(TimeSpan end)
    {
        TimeSpan left = end > Time.Elapsed ? end - Time.Elapsed : TimeSpan.Zero;
        bool fired = Time.TryAdvanceToNextTimer(left);
        if (!fired)
            Time.Advance(left);
        await _settler.SettleAsync().ConfigureAwait(false);
        return fired;
    }

    /// <summary>Advances the clock until a condition is met, and no further.</summary>
    /// <param name="condition">The condition; it is evaluated whenever everything has settled.</param>
    /// <param name="within">The longest virtual time to advance; an hour when null.</param>
    /// <param name="expression">The text of the condition, for the exception; supplied by the compiler.</param>
    /// <exception cref="ExpectationException">The condition is not met within that time.</exception>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        TimeSpan limit = within ?? DefaultVirtualLimit;
        await SettleAsync().ConfigureAwait(false);
        TimeSpan end = Time.Elapsed + limit;
        while (!condition())
        {
            if (!await StepAsync(end).ConfigureAwait(false) && !condition())
                throw Failed($"Expected within {limit} of virtual time: {expression}.");
        }
    }

    /// <summary>Advances the clock until a task has completed, and returns its result or throws its exception.</summary>
    /// <param name="task">The task.</param>
    /// <param name="within">The longest virtual time to advance; an hour when null.</param>
    /// <exception cref="ExpectationException">The task has not completed within that time.</exception>
    public async Task<T> CompleteAsync<T>(Task<T> task, TimeSpan? within = null)
    {
        await UntilAsync(() => task.IsCompleted, within, "the task has completed").ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="CompleteAsync{T}(Task{T}, TimeSpan?)"/>
    public async Task CompleteAsync(Task task, TimeSpan? within = null)
    {
        await UntilAsync(() => task.IsCompleted, within, "the task has completed").ConfigureAwait(false);
        await task.ConfigureAwait(false);
    }

    /// <summary>Makes settling wait for it as well.</summary>
    internal void Include(IExternalActivity external) => _settler.Include(external);

    internal static string Lines<T>(IEnumerable<T> lines) => string.Concat(lines.Select(line => $"{Environment.NewLine}  {line}"));

    internal ExpectationException Failed(string message)
    {
        HasFailed = true;
        return new ExpectationException(message);
    }

    private ExpectationException NotSettled()
    {
        IReadOnlyList<LivingActor> busy = [.. ActorTree.Below(_system, ActorTree.Root).Where(actor => actor.IsBusy)];
        string actors = busy.Count == 0 ? " No actor has messages." : $" Busy actors:{Lines(busy)}";
        string timers = Time.UntilNextTimer is { Ticks: <= 0 } ? $"{Environment.NewLine}Timers:{Lines(Time.DescribeTimers())}" : "";
        return Failed($"Expected the actors to come to rest within {RealTimeLimit} of real time, but they did not.{actors}{timers}");
    }
}
