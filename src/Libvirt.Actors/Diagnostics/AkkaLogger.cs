using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Libvirt.Diagnostics;

/// <summary>
/// Carries the runtime's source-generated log messages to Akka's event stream, from where the loggers of the actor system take them: Serilog, those of
/// Microsoft.Extensions.Logging, or any other. Template, values and event id arrive there as well.
/// </summary>
internal sealed class AkkaLogger(ILoggingAdapter adapter) : ILogger
{
    /// <summary>A logger whose source is the actor of this context.</summary>
    public static ILogger For(IActorContext context) => new AkkaLogger(context.GetLogger());

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && adapter.IsEnabled(LevelOf(logLevel));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            adapter.Log(LevelOf(logLevel), exception, new EventLogMessage(eventId, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>));
    }

    private static AkkaLogLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => AkkaLogLevel.DebugLevel,
        LogLevel.Information => AkkaLogLevel.InfoLevel,
        LogLevel.Warning => AkkaLogLevel.WarningLevel,
        _ => AkkaLogLevel.ErrorLevel,
    };
}
