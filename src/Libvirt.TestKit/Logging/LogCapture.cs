using Akka.Actor;
using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>
/// Captures the log records of an actor system on virtual time, and the expectations on them. Records are captured on the thread that logs
/// them, so they are there when the actors have settled. Debug records of Akka itself are left out. All members are thread-safe.
/// </summary>
public sealed class LogCapture
{
    private readonly VirtualTime _time;
    private readonly Action<string>? _output;
    private readonly Lock _gate = new();
    private readonly List<LogRecord> _records = [];
    private readonly HashSet<LogRecord> _expected = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to capture.</summary>
    /// <param name="system">A system that was created with <see cref="VirtualTime.Config"/>.</param>
    /// <param name="output">Receives each record as a line of text; none when null.</param>
    /// <exception cref="Akka.Configuration.ConfigurationException">The system does not run on virtual time.</exception>
    public LogCapture(ActorSystem system, Action<string>? output = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        _time = VirtualTime.Of(system);
        _output = output;
        var subscriber = new LogSubscriber((ExtendedActorSystem)system, Capture);
        LogLevel lowest = Akka.Event.Logging.LogLevelFor(system.Settings.LogLevel);
        foreach (LogLevel level in Enum.GetValues<LogLevel>())
        {
            if (level >= lowest)
                system.EventStream.Subscribe(subscriber, Akka.Event.Logging.ClassFor(level));
        }
    }

    /// <summary>The records captured so far.</summary>
    public IReadOnlyList<LogRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    /// <summary>Expects a record, now or later, that no earlier expectation has taken. Virtual time does not pass meanwhile.</summary>
    /// <param name="level">The level.</param>
    /// <param name="condition">What else the record must meet; nothing when null.</param>
    /// <exception cref="ExpectationException">There is none within the limit of real time.</exception>
    public async Task<LogRecord> ExpectAsync(LogLevel level, Func<LogRecord, bool>? condition = null)
    {
        using var limit = new CancellationTokenSource(_time.RealTimeLimit);
        while (true)
        {
            if (TryTake(level, condition, out Task added) is { } record)
                return record;
            try
            {
                await added.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                string met = condition is null ? "" : " that meets the condition";
                throw _time.Failed($"Expected a record at level {level}{met}, but none was logged within {_time.RealTimeLimit} of real time.{Describe()}");
            }
        }
    }

    /// <summary>Expects that nothing is logged at level Error until everything has settled, except what <see cref="ExpectAsync"/> has taken.</summary>
    /// <exception cref="ExpectationException">There is such a record.</exception>
    public async Task ExpectNoErrorsAsync()
    {
        await _time.SettleAsync().ConfigureAwait(false);
        bool found;
        lock (_gate)
            found = _records.Exists(record => record.Level >= LogLevel.ErrorLevel && !_expected.Contains(record));
        if (found)
            throw _time.Failed($"Expected no errors in the log.{Describe()}");
    }

    private LogRecord? TryTake(LogLevel level, Func<LogRecord, bool>? condition, out Task added)
    {
        lock (_gate)
        {
            added = _added.Task;
            LogRecord? found = _records.Find(record =>
                record.Level == level && !_expected.Contains(record) && (condition is null || condition(record)));
            if (found is not null)
                _expected.Add(found);
            return found;
        }
    }

    private void Capture(LogEvent logEvent)
    {
        if (logEvent is Debug && AkkaTypes.Contains(logEvent.LogClass))
            return;
        var record = new LogRecord(
            logEvent.LogLevel(), logEvent.LogSource, logEvent.LogClass, logEvent.Message?.ToString() ?? "", logEvent.Cause, _time.Time.GetUtcNow(), logEvent);
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
        IReadOnlyList<LogRecord> records = Records;
        return records.Count == 0 ? " Nothing was logged." : $" Logged so far:{VirtualTime.Lines(records)}";
    }
}
