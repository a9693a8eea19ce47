using Actors.Conformance;
using Microsoft.Extensions.Logging;

namespace Actors.Tests;

/// <summary>The embedded engine, for the conformance suite.</summary>
public sealed class EmbeddedEngine : IEngine
{
    public IActorSystem CreateSystem(TimeProvider time, ILoggerFactory loggers) => ActorSystem.Create(new ActorSystemOptions
    {
        Name = "embedded",
        TimeProvider = time,
        LoggerFactory = loggers,
        Random = new Random(1),
        TrackActivity = true,
    });
}
