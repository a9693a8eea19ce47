namespace Actors.Conformance;

/// <summary>A message that brings what is to be done with it.</summary>
public sealed record Do(Func<IActorContext<Do>, ValueTask> Code)
{
    /// <summary>Does nothing.</summary>
    public static Do Nothing { get; } = This(static _ => { });

    public static Do This(Action<IActorContext<Do>> code) => new(context =>
    {
        code(context);
        return default;
    });
}
