namespace Actors.Conformance;

/// <summary>An actor whose members are given as functions.</summary>
public sealed class Scripted<TMessage> : Actor<TMessage>
{
    public Func<IActorContext<TMessage>, ValueTask>? Start { get; init; }

    public Func<IActorContext<TMessage>, TMessage, ValueTask>? Message { get; init; }

    public Func<IActorContext<TMessage>, ValueTask>? BatchEnd { get; init; }

    public Func<IActorContext<TMessage>, ValueTask>? Stop { get; init; }

    protected override ValueTask OnStartAsync() => Start?.Invoke(Context) ?? default;

    protected override ValueTask OnMessageAsync(TMessage message) => Message?.Invoke(Context, message) ?? default;

    protected override ValueTask OnBatchEndAsync() => BatchEnd?.Invoke(Context) ?? default;

    protected override ValueTask OnStopAsync() => Stop?.Invoke(Context) ?? default;
}
