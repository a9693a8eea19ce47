using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>How an <see cref="ActorTestKit"/> is set up.</summary>
public sealed record ActorTestKitOptions
{
    /// <summary>How long an expectation may wait in real time before it fails. Generous, for a busy machine. Default 30 seconds.</summary>
    public TimeSpan RealTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the virtual clock shows first.</summary>
    public DateTimeOffset Start { get; init; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The seed of the jitter in restart delays. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets each log record as a line of text, such as the output of the running test. None by default.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>
    /// Makes the system under test on the kit's clock and loggers. It must implement <see cref="IActorSystemDiagnostics"/> and track its
    /// activity. Default: the embedded engine.
    /// </summary>
    public Func<TimeProvider, ILoggerFactory, IActorSystem>? CreateSystem { get; init; }
}
