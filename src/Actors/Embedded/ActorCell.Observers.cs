namespace Actors.Embedded;

/// <summary>Who wants to know of the actor's end. Free-threaded.</summary>
internal abstract partial class ActorCell
{
    private HashSet<IEndObserver>? _observers;
    private TaskCompletionSource? _ended;
    private volatile bool _hasEnded;

    public bool HasEnded => _hasEnded;

    public Task WhenEnded
    {
        get
        {
            lock (Gate)
            {
                if (_hasEnded)
                    return Task.CompletedTask;
                _ended ??= Host.CreateCompletion();
                return _ended.Task;
            }
        }
    }

    /// <summary>Has the observer called once at the end; false when the actor has ended already.</summary>
    public bool TryObserve(IEndObserver observer)
    {
        lock (Gate)
        {
            if (_hasEnded)
                return false;
            return (_observers ??= []).Add(observer);
        }
    }

    public void StopObserving(IEndObserver observer)
    {
        lock (Gate)
            _observers?.Remove(observer);
    }

    private void NotifyObservers()
    {
        HashSet<IEndObserver>? observers;
        TaskCompletionSource? ended;
        lock (Gate)
        {
            _hasEnded = true;
            observers = _observers;
            ended = _ended;
            _observers = null;
        }

        if (ended is not null)
            Host.Complete(ended);
        if (observers is null)
            return;
        foreach (IEndObserver observer in observers)
            observer.ActorEnded();
    }
}
