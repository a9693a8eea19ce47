namespace Actors.Embedded;

internal abstract partial class ActorCell
{
    private Dictionary<string, ActorCell>? _children;

    /// <summary>The children that have not ended.</summary>
    public IReadOnlyCollection<IActorRef> Children
    {
        get
        {
            if (_children is null || _children.Count == 0)
                return [];
            var living = new List<IActorRef>(_children.Count);
            foreach (ActorCell child in _children.Values)
            {
                if (!child.HasEnded)
                    living.Add(child);
            }

            return living;
        }
    }

    public TypedActorCell<TChild> SpawnChild<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ActorPath path = Path.Child(name);
        if (IsStopRequested || Phase is ActorPhase.EndingChildren or ActorPhase.EndingInstance)
            throw new InvalidOperationException($"The actor '{Path}' is stopping and cannot start '{name}'.");

        // A child that has ended may still be listed, when its end has not been seen in a turn of this actor yet.
        _children ??= [];
        if (_children.TryGetValue(name, out ActorCell? namesake) && !namesake.HasEnded)
            throw new ArgumentException($"The actor '{Path}' has a living child '{name}' already.", nameof(name));

        var child = new TypedActorCell<TChild>(Host, this, path, factory, options ?? ActorOptions.Default);
        _children[name] = child;
        Host.Counters.ActorStarted();
        child.Begin();
        return child;
    }

    public void StopChild(IActorRef child)
    {
        if (child is not ActorCell cell || !cell.IsChildOf(this))
            throw new ArgumentException($"'{child.Path}' is not a child of '{Path}'.", nameof(child));
        cell.RequestStop();
    }

    public void ForgetChild(ActorCell child)
    {
        if (_children is not null && _children.TryGetValue(child.Path.Name, out ActorCell? current) && ReferenceEquals(current, child))
            _children.Remove(child.Path.Name);
        if (Phase == ActorPhase.EndingChildren && (_children is null || _children.Count == 0))
            EndInstance();
    }

    /// <summary>Free-threaded.</summary>
    void ISupervisor.ReportEnd(ActorCell child) => Send(new ChildEnded(child));

    /// <summary>Free-threaded.</summary>
    void ISupervisor.ReportFailure(ActorCell child, Failure failure) => Send(new ChildFailed(child, failure));
}
