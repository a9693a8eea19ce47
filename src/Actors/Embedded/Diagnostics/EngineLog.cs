using Microsoft.Extensions.Logging;

namespace Actors.Embedded.Diagnostics;

/// <summary>Every record the engine writes, with its event id. None holds a message's contents.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Actor} failed and goes on: its supervisor resumed it")]
    public static partial void ActorResumed(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "{Actor} failed and restarts after {Delay}")]
    public static partial void ActorRestarting(this ILogger log, ActorPath actor, TimeSpan delay, Exception error);

    [LoggerMessage(3, LogLevel.Error, "{Actor} failed and stops: its limit of {Limit} restarts is reached")]
    public static partial void RestartLimitReached(this ILogger log, ActorPath actor, int limit, Exception error);

    [LoggerMessage(4, LogLevel.Error, "{Actor} failed and stops: its supervision policy says so")]
    public static partial void ActorStoppedByFailure(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "{Actor} failed and stops: its failure becomes one of {Parent}")]
    public static partial void FailureEscalated(this ILogger log, ActorPath actor, ActorPath parent, Exception error);

    [LoggerMessage(6, LogLevel.Error, "{Actor} failed and stops: its failure was escalated beyond the top of the tree")]
    public static partial void EscalatedFromTop(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(7, LogLevel.Error, "The supervision policy of {Actor} threw while it decided on a failure; the failure is escalated")]
    public static partial void DeciderFailed(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(8, LogLevel.Warning, "{Actor} failed while it was being stopped; it ends all the same")]
    public static partial void FailedWhileStopping(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(9, LogLevel.Error, "{Actor} threw from its stop handler; it ends all the same")]
    public static partial void StopHandlerFailed(this ILogger log, ActorPath actor, Exception error);

    [LoggerMessage(10, LogLevel.Debug, "A message of type {MessageType} reached no actor at {Recipient}: {Reason}")]
    public static partial void DeadLetter(this ILogger log, ActorPath recipient, Type messageType, TellResult reason);

    [LoggerMessage(11, LogLevel.Error, "A handler of dead letters threw over one for {Recipient}")]
    public static partial void DeadLetterHandlerFailed(this ILogger log, ActorPath recipient, Exception error);
}
