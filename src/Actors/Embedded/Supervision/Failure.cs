namespace Actors.Embedded;

/// <summary>One failure of an actor.</summary>
/// <param name="Error">The exception that left it.</param>
/// <param name="DuringStart">Whether it came from the factory or from starting, so that there is nothing to resume.</param>
/// <param name="StartedAt">The timestamp at which the failed instance had started; null when it never did.</param>
internal readonly record struct Failure(Exception Error, bool DuringStart, long? StartedAt);
