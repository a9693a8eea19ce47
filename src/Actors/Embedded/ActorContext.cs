using Actors.Embedded.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Actors.Embedded;

/// <summary>What one instance of an actor has of the engine. Dies with the instance.</summary>
internal sealed class ActorContext<TMessage>(TypedActorCell<TMessage> cell) : IActorContext<TMessage>
{
    private ActorTimers<TMessage>? _timers;
    private Watches<TMessage>? _watches;
    private ILogger? _log;
    private CancellationTokenSource? _stopping;
    private bool _isStopping;

    public IActorRef<TMessage> Self => cell;

    public IActorSystem System => cell.Host;

    public TimeProvider Time => cell.Host.Time;

    public ILogger Log => _log ??= cell.CreateLog();

    public IActorTimers<TMessage> Timers
    {
        get
        {
            CheckInTurn();
            return _timers ??= new ActorTimers<TMessage>(this, cell);
        }
    }

    public IReadOnlyCollection<IActorRef> Children
    {
        get
        {
            CheckInTurn();
            return cell.Children;
        }
    }

    public CancellationToken Stopping
    {
        get
        {
            CancellationTokenSource? source = Volatile.Read(ref _stopping);
            if (source is null)
            {
                var created = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _stopping, created, null) ?? created;
            }

            // Both sides write their own field and then read the other's, so one of them sees that the token has to fire.
            CancellationToken token = source.Token;
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _isStopping))
                source.Cancel();
            return token;
        }
    }

    public IActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options = null)
    {
        CheckInTurn();
        return cell.SpawnChild(name, factory, options);
    }

    public void Stop(IActorRef child)
    {
        ArgumentNullException.ThrowIfNull(child);
        CheckInTurn();
        cell.StopChild(child);
    }

    public void StopSelf()
    {
        CheckInTurn();
        cell.RequestStop();
    }

    public void Watch(IActorRef other, TMessage message)
    {
        ActorCell watched = Resolve(other);
        CheckInTurn();
        if (ReferenceEquals(watched, cell))
            throw new ArgumentException($"The actor '{cell.Path}' cannot watch itself.", nameof(other));
        (_watches ??= new Watches<TMessage>(cell)).Add(watched, message);
    }

    public void Unwatch(IActorRef other)
    {
        ActorCell watched = Resolve(other);
        CheckInTurn();
        _watches?.Remove(watched);
    }

    /// <summary>Throws unless this instance has a turn under way. Tells a caller from outside apart only while the actor rests.</summary>
    public void CheckInTurn()
    {
        if (!cell.IsInTurnOf(this))
            throw new InvalidOperationException($"The context of '{cell.Path}' was used outside of the actor's turn.");
    }

    /// <summary>Free-threaded.</summary>
    public void SignalStopping()
    {
        Volatile.Write(ref _isStopping, true);
        Interlocked.MemoryBarrier();
        CancellationTokenSource? source = Volatile.Read(ref _stopping);
        if (source is null)
            return;

        // What waits for the token goes on elsewhere: it must not run within the turn or the lock of whoever asked for the stop.
        Task cancelled = source.CancelAsync();
        if (cell.Host.Activity is not { } activity)
            return;
        activity.Enter();
        cancelled.ContinueWith(
            static (_, tracker) => ((ActivityTracker)tracker!).Leave(),
            activity,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public void Release()
    {
        _timers?.Clear();
        _watches?.Clear();
    }

    private static ActorCell Resolve(IActorRef other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other as ActorCell
            ?? throw new ArgumentException($"'{other.Path}' belongs to an actor system of another engine and cannot be watched here.", nameof(other));
    }
}
