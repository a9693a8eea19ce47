namespace Actors;

/// <summary>Where a reply goes: one life of a promise. A message carries it; the first to use it wins, and a late one is told so.</summary>
public readonly struct ReplyTo<T>
{
    private readonly Promise<T>? _promise;
    private readonly long _life;

    internal ReplyTo(Promise<T> promise, long life)
    {
        _promise = promise;
        _life = life;
    }

    /// <summary>Answers. False when somebody else already did or the asker has gone.</summary>
    public bool TrySetResult(T result) => _promise is not null && _promise.TrySetResult(_life, result);

    /// <summary>Answers with a failure. False when somebody else already did or the asker has gone.</summary>
    public bool TrySetException(Exception error) => _promise is not null && _promise.TrySetException(_life, error);
}
