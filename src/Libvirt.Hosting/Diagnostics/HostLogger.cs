using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;
using Libvirt.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Libvirt.Hosting.Diagnostics;

/// <summary>
/// Akka.Hosting's logger for Microsoft.Extensions.Logging, which in addition keeps what the runtime's messages have: the event id, the values by name, the
/// type of the actor as the category, and the actor's path in the scope <c>ActorPath</c>.
/// </summary>
internal sealed class HostLogger : LoggerFactoryLogger
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Type, ILogger> _byActor = [];
    private readonly ILoggerFactory _loggers = LoggersOf(Context.System);

    /// <summary>Completes when the loggers of the host have got everything that was logged before. What is left when a system terminates goes to the console.</summary>
    public static async Task<Done> FlushAsync(ActorSystem system)
    {
        Marker marker = new();
        system.EventStream.Publish(marker);
        await Task.WhenAny(marker.Reached.Task, Task.Delay(FlushLimit)).ConfigureAwait(false);
        return Done.Instance;
    }

    protected override void Log(LogEvent log, ActorPath path)
    {
        if (log is Marker marker)
            marker.Reached.TrySetResult();
        else if (log.Message is EventLogMessage message)
            Log(log, message);
        else
            base.Log(log, path);
    }

    private static ILoggerFactory LoggersOf(ActorSystem system) =>
        system.Settings.Setup.Get<LoggerFactorySetup>() is { HasValue: true } setup ? setup.Value.LoggerFactory : NullLoggerFactory.Instance;

    private void Log(LogEvent log, EventLogMessage message)
    {
        if (!_byActor.TryGetValue(log.LogClass, out ILogger? logger))
            _byActor.Add(log.LogClass, logger = _loggers.CreateLogger(log.LogClass.FullName ?? log.LogClass.Name));
        LogLevel level = LevelOf(log.LogLevel());
        if (!logger.IsEnabled(level))
            return;
        using (logger.BeginScope(new KeyValuePair<string, object?>[] { new("ActorPath", PathOf(log.LogSource)) }))
            logger.Log(level, message.Id, message.State, log.Cause, (_, _) => message.ToString());
    }

    // An actor's source is its path, in brackets, with the number of its incarnation.
    private static string PathOf(string source)
    {
        string path = source.Trim('[', ']');
        int incarnation = path.LastIndexOf('#');
        return incarnation < 0 ? path : path[..incarnation];
    }

    private static LogLevel LevelOf(AkkaLogLevel level) => level switch
    {
        AkkaLogLevel.DebugLevel => LogLevel.Debug,
        AkkaLogLevel.InfoLevel => LogLevel.Information,
        AkkaLogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    // Errors reach the logger at every level.
    private sealed class Marker() : Error(null, nameof(HostLogger), typeof(HostLogger), "")
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
