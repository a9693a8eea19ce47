using Libvirt.Cli.Diagnostics;

namespace Libvirt.Cli.Connecting;

/// <summary>The connection of one command to a daemon's own administration, with the command's runtime.</summary>
internal sealed class AdminSession : IAsyncDisposable
{
    private readonly CommandRuntime _runtime;

    private AdminSession(AdminConnection connection, CommandRuntime runtime)
    {
        Connection = connection;
        _runtime = runtime;
    }

    public AdminConnection Connection { get; }

    /// <summary>The URI where the user gives none: the one that the environment names, else this user's own libvirtd.</summary>
    public static string DefaultUri =>
        Environment.GetEnvironmentVariable("LIBVIRT_ADMIN_DEFAULT_URI") is { Length: > 0 } named ? named
        : Environment.IsPrivilegedProcess ? "libvirtd:///system" : "libvirtd:///session";

    /// <summary>Connects.</summary>
    public static async ValueTask<AdminSession> OpenAsync(string uri, TimeSpan? timeout, LogChoice logged, CancellationToken cancellationToken)
    {
        CommandRuntime runtime = await CommandRuntime.OpenAsync(logged).ConfigureAwait(false);
        try
        {
            return new AdminSession(await runtime.Runtime.ConnectAdminAsync(uri, SessionOptions.Of(timeout), cancellationToken).ConfigureAwait(false), runtime);
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();
}
