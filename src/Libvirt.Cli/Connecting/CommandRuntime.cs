using Akka.Actor;
using Akka.Configuration;
using Libvirt.Cli.Diagnostics;
using Logger = Serilog.Core.Logger;

namespace Libvirt.Cli.Connecting;

/// <summary>The actor system of one command, with the libvirt runtime in it and, where the user wants one, a log.</summary>
internal sealed class CommandRuntime : IAsyncDisposable
{
    // What a command does not need is left out, since starting an actor system is most of the time that a short command takes.
    private const string Settings =
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          log-serializer-override-on-start = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          # No message leaves the process, so nothing is serialized. Starting the serializers would take longer than the rest of the system.
          actor.serializers.json = none
          actor.serializers.libvirt = none
          actor.serialization-bindings."System.Object" = bytes
        }
        """;

    private static Task<LibvirtRuntime>? s_prepared;

    private readonly ProgramLog? _log;

    private CommandRuntime(LibvirtRuntime runtime, ProgramLog? log)
    {
        Runtime = runtime;
        _log = log;
    }

    public LibvirtRuntime Runtime { get; }

    /// <summary>Starts the actor system on another thread, while this one reads the command line.</summary>
    public static void Prepare() => s_prepared ??= Task.Run(Create);

    /// <summary>Takes the actor system that was prepared, or starts it, and begins to log.</summary>
    /// <exception cref="Failures.UsageException">The file that configures the log cannot be used.</exception>
    public static async ValueTask<CommandRuntime> OpenAsync(LogChoice logged)
    {
        Logger? logger = ProgramLog.Open(logged);
        Prepare();
        LibvirtRuntime runtime = await s_prepared!.ConfigureAwait(false);
        return new CommandRuntime(runtime, logger is null ? null : ProgramLog.Attach(runtime.System, logger, logged));
    }

    /// <summary>
    /// Ends all connections at once and writes the rest of the log. The actor system itself ends with the process: to terminate it, its scheduler would have to
    /// come to its next tick.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync().ConfigureAwait(false);
        if (_log is not null)
            await _log.DisposeAsync().ConfigureAwait(false);
    }

    private static LibvirtRuntime Create() => LibvirtRuntime.For(ActorSystem.Create("virtactl", ConfigurationFactory.ParseString(Settings)));
}
