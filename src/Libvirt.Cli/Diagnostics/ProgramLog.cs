using Akka.Actor;
using Akka.Event;
using Akka.Logger.Serilog;
using Serilog;
using Logger = Serilog.Core.Logger;

namespace Libvirt.Cli.Diagnostics;

/// <summary>The log of a command: passes what the actor system logs to Serilog.</summary>
internal sealed class ProgramLog : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IActorRef _listener;

    private ProgramLog(IActorRef listener)
    {
        _listener = listener;
    }

    /// <summary>The Serilog logger that the user wants; null when nothing is to be logged. <see cref="Attach"/> takes it over.</summary>
    /// <exception cref="Failures.UsageException">The file does not say what to log.</exception>
    public static Logger? Open(LogChoice choice) => choice switch
    {
        { File: { } file } => ConfiguredLog.Open(file),
        { Level: { } level } => ConsoleLog.Open(level),
        _ => null,
    };

    /// <summary>
    /// Starts to log. Actors that were created before do not notice that their records are wanted, so this comes before the first hypervisor. Serilog's actor
    /// is not started by <c>akka.loggers</c>: every command would then have to decide about its log before its actor system starts.
    /// </summary>
    public static ProgramLog Attach(ActorSystem system, Logger logger, LogChoice choice)
    {
        Log.Logger = logger;
        IActorRef listener = ((ExtendedActorSystem)system).SystemActorOf(Props.Create<SerilogLogger>(), "serilog");
        foreach (Type record in (Type[])[typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)])
            system.EventStream.Subscribe(listener, record);
        system.EventStream.SetLogLevel(LevelOf(choice));
        return new ProgramLog(listener);
    }

    /// <summary>Writes what has been logged until now and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        // Stops it behind the records that are in its mailbox.
        await _listener.GracefulStop(Patience).ConfigureAwait(false);
        await Log.CloseAndFlushAsync().ConfigureAwait(false);
    }

    // A file has levels of its own, which Serilog applies.
    private static LogLevel LevelOf(LogChoice choice) => choice switch
    {
        { File: not null } or { Level: LogThreshold.Debug } => LogLevel.DebugLevel,
        { Level: LogThreshold.Information } => LogLevel.InfoLevel,
        { Level: LogThreshold.Warning } => LogLevel.WarningLevel,
        _ => LogLevel.ErrorLevel,
    };
}
