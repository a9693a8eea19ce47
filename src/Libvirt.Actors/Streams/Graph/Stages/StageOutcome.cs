using Akka.Streams;

namespace Libvirt.Streams;

/// <summary>How a stage ended, in the terms of <see cref="StreamControl.Completion"/>.</summary>
internal static class StageOutcome
{
    /// <summary>The stage was stopped with its materializer.</summary>
    public static Exception Stopped { get; } = new OperationCanceledException("The graph was stopped.");

    /// <summary><see cref="StreamControl.Abort"/> was called.</summary>
    public static Exception Aborted() => new OperationCanceledException("The stream was aborted.");

    /// <summary>The stages behind it wanted no more.</summary>
    public static Exception OfCancellation(Exception cause) =>
        cause is SubscriptionWithCancelException.NonFailureCancellation ? new OperationCanceledException("The graph wanted no more.") : cause;
}
