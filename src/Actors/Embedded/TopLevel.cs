using Actors.Embedded.Diagnostics;

namespace Actors.Embedded;

/// <summary>The top of the tree: answers for the actors that have no parent. Free-threaded.</summary>
internal sealed class TopLevel(EmbeddedActorSystem host) : ISupervisor
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActorCell> _actors = [];
    private readonly TaskCompletionSource _allEnded = host.CreateCompletion();
    private bool _isShutDown;

    public Task AllEnded => _allEnded.Task;

    public TypedActorCell<TMessage> Spawn<TMessage>(string name, Func<Actor<TMessage>> factory, ActorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ActorPath path = ActorPath.Root.Child(name);
        var actor = new TypedActorCell<TMessage>(host, this, path, factory, options ?? ActorOptions.Default);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isShutDown, host);
            if (_actors.TryGetValue(name, out ActorCell? namesake) && !namesake.HasEnded)
                throw new ArgumentException($"The actor system '{host.Name}' has a living actor '{name}' already.", nameof(name));
            _actors[name] = actor;
            host.Counters.ActorStarted();
        }

        actor.Begin();
        return actor;
    }

    /// <summary>The actors there are at this moment.</summary>
    public Stack<ActorCell> Actors()
    {
        lock (_gate)
            return new Stack<ActorCell>(_actors.Values);
    }

    public Task ShutdownAsync()
    {
        ActorCell[] actors;
        lock (_gate)
        {
            _isShutDown = true;
            actors = [.. _actors.Values];
            CompleteWhenEmpty();
        }

        foreach (ActorCell actor in actors)
            actor.RequestStop();
        return _allEnded.Task;
    }

    public void ReportFailure(ActorCell child, Failure failure)
    {
        if (Verdicts.Pass(child, failure) == Directive.Escalate)
            host.Log.EscalatedFromTop(child.Path, failure.Error);
    }

    public void ReportEnd(ActorCell child)
    {
        lock (_gate)
        {
            if (_actors.TryGetValue(child.Path.Name, out ActorCell? current) && ReferenceEquals(current, child))
                _actors.Remove(child.Path.Name);
            CompleteWhenEmpty();
        }
    }

    private void CompleteWhenEmpty()
    {
        if (_isShutDown && _actors.Count == 0)
            host.Complete(_allEnded);
    }
}
