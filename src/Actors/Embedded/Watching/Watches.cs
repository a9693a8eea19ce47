namespace Actors.Embedded;

/// <summary>The watches of one instance. Used within its turns.</summary>
internal sealed class Watches<TMessage>(TypedActorCell<TMessage> watcher)
{
    private readonly Dictionary<ActorCell, WatchNotice<TMessage>> _notices = [];

    public TypedActorCell<TMessage> Watcher => watcher;

    public void Add(ActorCell watched, TMessage message)
    {
        if (_notices.TryGetValue(watched, out WatchNotice<TMessage>? notice))
        {
            notice.Message = message;
            return;
        }

        notice = new WatchNotice<TMessage>(this, watched, message);
        _notices.Add(watched, notice);
        if (!watched.TryObserve(notice))
            watcher.Deliver(notice);
    }

    public void Remove(ActorCell watched)
    {
        if (_notices.Remove(watched, out WatchNotice<TMessage>? notice))
            notice.Withdraw();
    }

    public void Forget(WatchNotice<TMessage> notice) => _notices.Remove(notice.Watched);

    public void Clear()
    {
        foreach (WatchNotice<TMessage> notice in _notices.Values)
            notice.Withdraw();
        _notices.Clear();
    }
}
