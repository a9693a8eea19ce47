namespace Actors.Embedded.Diagnostics;

/// <summary>The counters of one system.</summary>
internal sealed class SystemCounters
{
    private readonly StripedCounter _handled = new();
    private long _living;
    private long _started;
    private long _deadLetters;
    private long _refused;
    private long _failures;
    private long _restarts;

    public void MessageHandled() => _handled.Increment();

    public void ActorStarted()
    {
        Interlocked.Increment(ref _living);
        Interlocked.Increment(ref _started);
    }

    public void ActorEnded() => Interlocked.Decrement(ref _living);

    public void ActorFailed() => Interlocked.Increment(ref _failures);

    public void ActorRestarted() => Interlocked.Increment(ref _restarts);

    public void DeadLetterAdded(TellResult reason)
    {
        Interlocked.Increment(ref _deadLetters);
        if (reason == TellResult.MailboxFull)
            Interlocked.Increment(ref _refused);
    }

    public ActorSystemCounters Read() => new(
        Interlocked.Read(ref _living),
        Interlocked.Read(ref _started),
        _handled.Read(),
        Interlocked.Read(ref _deadLetters),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _failures),
        Interlocked.Read(ref _restarts));
}
