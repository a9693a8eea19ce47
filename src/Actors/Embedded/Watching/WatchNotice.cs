namespace Actors.Embedded;

/// <summary>One watch of one actor by another, and the message it ends with.</summary>
internal sealed class WatchNotice<TMessage>(Watches<TMessage> owner, ActorCell watched, TMessage message) : Notice<TMessage>, IEndObserver
{
    private bool _withdrawn;

    public ActorCell Watched => watched;

    public TMessage Message { get; set; } = message;

    public void ActorEnded() => owner.Watcher.Deliver(this);

    public void Withdraw()
    {
        _withdrawn = true;
        watched.StopObserving(this);
    }

    public override bool TryTake(out TMessage message)
    {
        message = Message;
        if (_withdrawn)
            return false;
        owner.Forget(this);
        return true;
    }
}
