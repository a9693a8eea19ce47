using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>A captured log record.</summary>
/// <param name="Level">The level.</param>
/// <param name="Source">The log source: for an actor, its path.</param>
/// <param name="SourceType">The class that logged it.</param>
/// <param name="Message">The formatted text.</param>
/// <param name="Exception">The exception that was logged with it, if any.</param>
/// <param name="At">The virtual time at which it was logged.</param>
/// <param name="Event">The record as Akka published it, with its properties.</param>
public sealed record LogRecord(
    LogLevel Level,
    string Source,
    Type SourceType,
    string Message,
    Exception? Exception,
    DateTimeOffset At,
    LogEvent Event)
{
    /// <summary>The id of a message of the runtime, as its documentation lists them; null for other messages.</summary>
    public int? EventId => (Event.Message as Diagnostics.EventLogMessage)?.Id.Id;

    /// <summary>The record as one line.</summary>
    public override string ToString()
    {
        string error = Exception is null ? "" : $" [{Exception.GetType().Name}: {Exception.Message}]";
        return $"{Level.ToString().Replace("Level", "", StringComparison.Ordinal)} {Source}: {Message}{error}";
    }
}
