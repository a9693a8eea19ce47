using Microsoft.Extensions.Logging;

namespace Actors.Conformance;

/// <summary>An engine under test.</summary>
public interface IEngine
{
    /// <summary>Makes a system that implements <see cref="IActorSystemDiagnostics"/> and tracks its activity.</summary>
    IActorSystem CreateSystem(TimeProvider time, ILoggerFactory loggers);
}
