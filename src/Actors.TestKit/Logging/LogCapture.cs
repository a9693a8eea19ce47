using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>Loggers that keep what is logged, and expectations on it. Free-threaded.</summary>
public sealed class LogCapture : ILoggerFactory
{
    private readonly ActorTestKit _kit;
    private readonly Action<string>? _output;
    private readonly LoggerExternalScopeProvider _scopes = new();
    private readonly Lock _gate = new();
    private readonly List<LogRecord> _records = [];
    private readonly HashSet<LogRecord> _expected = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LogCapture(ActorTestKit kit, Action<string>? output)
    {
        _kit = kit;
        _output = output;
    }

    /// <summary>Everything captured so far.</summary>
    public IReadOnlyList<LogRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CapturingLogger(this, _scopes, categoryName);

    /// <summary>Not supported: everything is captured here.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The test kit's loggers have no further providers.");

    /// <summary>
    /// Expects a record, now or later, that no earlier expectation has taken. Virtual time stands still meanwhile.
    /// </summary>
    /// <param name="level">Its level.</param>
    /// <param name="eventId">Its event id; any when null.</param>
    /// <param name="condition">What else it must meet; nothing when null.</param>
    public async Task<LogRecord> ExpectAsync(LogLevel level, int? eventId = null, Func<LogRecord, bool>? condition = null)
    {
        using var limit = new CancellationTokenSource(_kit.RealTimeLimit);
        while (true)
        {
            Task added;
            lock (_gate)
            {
                LogRecord? record = _records.Find(record => record.Level == level
                    && (eventId is null || record.EventId.Id == eventId)
                    && !_expected.Contains(record)
                    && (condition is null || condition(record)));
                if (record is not null)
                {
                    _expected.Add(record);
                    return record;
                }

                added = _added.Task;
            }

            try
            {
                await added.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                string id = eventId is null ? "" : $" of event {eventId}";
                string met = condition is null ? "" : " that meets the condition";
                throw _kit.Failed($"Expected a record at level {level}{id}{met}, but none came within {_kit.RealTimeLimit} of real time.{Describe()}");
            }
        }
    }

    /// <summary>Expects that nothing was logged at level Error or above, once all has settled, but what <see cref="ExpectAsync"/> has taken.</summary>
    public async Task ExpectNoErrorsAsync()
    {
        await _kit.SettleAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_records.Exists(record => record.Level >= LogLevel.Error && !_expected.Contains(record)))
                throw _kit.Failed($"Expected no errors in the log.{Describe()}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    internal void Add(LogRecord record)
    {
        _output?.Invoke(record.ToString());
        TaskCompletionSource added;
        lock (_gate)
        {
            _records.Add(record);
            added = _added;
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        added.TrySetResult();
    }

    private string Describe()
    {
        lock (_gate)
        {
            return _records.Count == 0
                ? " Nothing was logged."
                : $" Logged so far:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", _records)}";
        }
    }
}
