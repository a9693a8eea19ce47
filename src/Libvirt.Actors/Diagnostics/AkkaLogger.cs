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
        {
            // A value may be what a daemon sent, such as the name of a domain.
            adapter.Log(LevelOf(logLevel), exception, new EventLogMessage(
                eventId, DisplayText.Escape(formatter(state, exception)), Escape(state as IReadOnlyList<KeyValuePair<string, object?>>)));
        }
    }

    private static IReadOnlyList<KeyValuePair<string, object?>>? Escape(IReadOnlyList<KeyValuePair<string, object?>>? values) =>
        values is null ? null : [.. values.Select(static value => value.Value is string text ? KeyValuePair.Create(value.Key, (object?)DisplayText.Escape(text)) : value)];

    private static AkkaLogLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => AkkaLogLevel.DebugLevel,
        LogLevel.Information => AkkaLogLevel.InfoLevel,
        LogLevel.Warning => AkkaLogLevel.WarningLevel,
        _ => AkkaLogLevel.ErrorLevel,
    };
}
