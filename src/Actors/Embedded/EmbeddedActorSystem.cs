using Actors.Embedded.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Embedded;

/// <summary>The engine that needs nothing but the thread pool.</summary>
internal sealed class EmbeddedActorSystem : IActorSystem, IActorSystemDiagnostics
{
    private readonly TopLevel _top;
    private readonly Random _random;
    private readonly Lock _randomGate = new();
    private readonly ILoggerFactory _loggers;

    public EmbeddedActorSystem(ActorSystemOptions options)
    {
        Name = options.Name;
        Time = options.TimeProvider;
        MaxInlineDepth = options.MaxInlineDepth;
        Activity = options.TrackActivity ? new ActivityTracker() : null;
        _random = options.Random;
        _loggers = options.LoggerFactory;
        Log = new GuardedLogger(_loggers.CreateLogger("Actors"));
        DeadLetters = new DeadLetterOffice(Counters, Log);
        _top = new TopLevel(this);
    }

    public event Action<DeadLetter>? DeadLettered
    {
        add => DeadLetters.Added += value;
        remove => DeadLetters.Added -= value;
    }

    public string Name { get; }

    public TimeProvider Time { get; }

    public int MaxInlineDepth { get; }

    /// <summary>Counts what is going on; null when nobody asked for it.</summary>
    public ActivityTracker? Activity { get; }

    public ILogger Log { get; }

    public DeadLetterOffice DeadLetters { get; }

    public SystemCounters Counters { get; } = new();

    public Task Stopped => _top.AllEnded;

    ActorSystemCounters IActorSystem.Counters => Counters.Read();

    bool IActorSystemDiagnostics.IsTracking => Activity is not null;

    int IActorSystemDiagnostics.AwaitingActors => Tracked.Awaiting;

    long IActorSystemDiagnostics.Turns => Tracked.Turns;

    private ActivityTracker Tracked =>
        Activity ?? throw new InvalidOperationException($"The actor system '{Name}' was not created to track its activity.");

    public IActorRef<TMessage> Spawn<TMessage>(string name, Func<Actor<TMessage>> factory, ActorOptions? options = null) =>
        _top.Spawn(name, factory, options);

    public MailboxReading ReadMailboxes() => MailboxSurvey.Of(_top.Actors());

    public Task StopAsync(IActorRef actor, CancellationToken cancellationToken = default)
    {
        ActorCell cell = Resolve(actor);
        cell.RequestStop();
        return cell.WhenEnded.WaitAsync(cancellationToken);
    }

    public Task WhenStopped(IActorRef actor) => Resolve(actor).WhenEnded;

    public Task ShutdownAsync(CancellationToken cancellationToken = default) => _top.ShutdownAsync().WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await _top.ShutdownAsync().ConfigureAwait(false);

    Task IActorSystemDiagnostics.WhenIdleAsync(CancellationToken cancellationToken) => Tracked.WhenIdle().WaitAsync(cancellationToken);

    void IActorSystemDiagnostics.BeginActivity() => Tracked.Enter();

    void IActorSystemDiagnostics.EndActivity() => Tracked.Leave();

    public ILogger CreateLogger(string category)
    {
        try
        {
            return _loggers.CreateLogger(category);
        }
        catch (Exception)
        {
            // A factory that was disposed before the system: what happens from now on goes unlogged.
            return NullLogger.Instance;
        }
    }

    /// <summary>A completion for <see cref="Complete"/>.</summary>
    public TaskCompletionSource CreateCompletion() =>
        new(Activity is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    /// <summary>Completes off the calling thread's turn. Where activity is tracked, what continues counts as activity until it has run.</summary>
    public void Complete(TaskCompletionSource completion)
    {
        if (Activity is null)
            completion.TrySetResult();
        else
            TrackedContinuation.Queue(new TrackedContinuation(this, static source => ((TaskCompletionSource)source!).TrySetResult(), completion));
    }

    /// <summary>A number from 0 to 1.</summary>
    public double NextRandom()
    {
        lock (_randomGate)
            return _random.NextDouble();
    }

    private ActorCell Resolve(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor is ActorCell cell && ReferenceEquals(cell.Host, this))
            return cell;
        throw new ArgumentException($"'{actor.Path}' is not an actor of the system '{Name}'.", nameof(actor));
    }
}
