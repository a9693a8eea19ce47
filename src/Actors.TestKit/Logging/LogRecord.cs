using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>One captured log record.</summary>
/// <param name="Category">The logger's category.</param>
/// <param name="Level">The record's level.</param>
/// <param name="EventId">The record's event id.</param>
/// <param name="Message">The formatted text.</param>
/// <param name="Exception">The exception logged with it, if any.</param>
/// <param name="Properties">The named values of the record, and of the scopes around it.</param>
public sealed record LogRecord(
    string Category,
    LogLevel Level,
    EventId EventId,
    string Message,
    Exception? Exception,
    IReadOnlyDictionary<string, object?> Properties)
{
    /// <summary>The record as one line.</summary>
    public override string ToString()
    {
        string error = Exception is null ? "" : $" [{Exception.GetType().Name}: {Exception.Message}]";
        return $"{Level} {Category}({EventId.Id}): {Message}{error}";
    }
}
