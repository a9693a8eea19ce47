namespace Actors.Embedded;

internal abstract partial class ActorCell
{
    // Changed within the cell's turn alone, and under its own lock, since others may want to look at it meanwhile.
    private volatile Dictionary<string, ActorCell>? _children;

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
        Dictionary<string, ActorCell> children = _children ??= [];
        if (children.TryGetValue(name, out ActorCell? namesake) && !namesake.HasEnded)
            throw new ArgumentException($"The actor '{Path}' has a living child '{name}' already.", nameof(name));

        var child = new TypedActorCell<TChild>(Host, this, path, factory, options ?? ActorOptions.Default);
        lock (children)
            children[name] = child;
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
        Dictionary<string, ActorCell>? children = _children;
        if (children is not null && children.TryGetValue(child.Path.Name, out ActorCell? current) && ReferenceEquals(current, child))
        {
            lock (children)
                children.Remove(child.Path.Name);
        }

        if (Phase == ActorPhase.EndingChildren && (children is null || children.Count == 0))
            EndInstance();
    }

    /// <summary>Free-threaded: adds the children there are at this moment to a stack.</summary>
    public void PushChildren(Stack<ActorCell> stack)
    {
        if (_children is not { } children)
            return;
        lock (children)
        {
            foreach (ActorCell child in children.Values)
                stack.Push(child);
        }
    }

    /// <summary>Free-threaded.</summary>
    void ISupervisor.ReportEnd(ActorCell child) => Send(new ChildEnded(child));

    /// <summary>Free-threaded.</summary>
    void ISupervisor.ReportFailure(ActorCell child, Failure failure) => Send(new ChildFailed(child, failure));
}
