using Actors;
using Libvirt.Cli.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Libvirt.Cli.Connecting;

/// <summary>The connection of one command to a daemon's own administration, with its own runtime.</summary>
internal sealed class AdminSession : IAsyncDisposable
{
    private readonly LibvirtRuntime _runtime;
    private readonly ILoggerFactory _log;

    private AdminSession(AdminConnection connection, LibvirtRuntime runtime, ILoggerFactory log)
    {
        Connection = connection;
        _runtime = runtime;
        _log = log;
    }

    public AdminConnection Connection { get; }

    /// <summary>The URI where the user gives none: the one that the environment names, else this user's own libvirtd.</summary>
    public static string DefaultUri =>
        Environment.GetEnvironmentVariable("LIBVIRT_ADMIN_DEFAULT_URI") is { Length: > 0 } named ? named
        : Environment.IsPrivilegedProcess ? "libvirtd:///system" : "libvirtd:///session";

    /// <summary>Connects.</summary>
    public static async ValueTask<AdminSession> OpenAsync(string uri, TimeSpan? timeout, LogChoice logged, CancellationToken cancellationToken)
    {
        ILoggerFactory log = ProgramLog.Open(logged);
        LibvirtRuntime runtime = LibvirtRuntime.Create(new ActorSystemOptions { Name = "virtactl", LoggerFactory = log });
        try
        {
            return new AdminSession(
                await runtime.ConnectAdminAsync(uri, SessionOptions.Of(timeout), cancellationToken).ConfigureAwait(false), runtime, log);
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            log.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync().ConfigureAwait(false);
        _log.Dispose();
    }
}
