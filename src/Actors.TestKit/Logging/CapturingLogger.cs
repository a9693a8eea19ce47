using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>Hands each record of one category to the capture.</summary>
internal sealed class CapturingLogger(LogCapture capture, IExternalScopeProvider scopes, string category) : ILogger
{
    public IDisposable BeginScope<TState>(TState state)
        where TState : notnull => scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var properties = new Dictionary<string, object?>();
        scopes.ForEachScope(static (scope, into) => Collect(scope, into), properties);
        Collect(state, properties);
        capture.Add(new LogRecord(category, logLevel, eventId, formatter(state, exception), exception, properties));
    }

    private static void Collect(object? values, Dictionary<string, object?> into)
    {
        if (values is not IEnumerable<KeyValuePair<string, object?>> pairs)
            return;
        foreach ((string name, object? value) in pairs)
            into[name] = value;
    }
}
