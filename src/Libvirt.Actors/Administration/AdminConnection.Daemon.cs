using Libvirt.Protocol.Admin;

namespace Libvirt;

public sealed partial class AdminConnection
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(uint.MaxValue);

    /// <summary>Gets the log filters now in force.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectGetLoggingFilters">virAdmConnectGetLoggingFilters</see>. Since libvirt 3.0.0. Procedure <c>ADMIN_PROC_CONNECT_GET_LOGGING_FILTERS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <returns>The filters in the syntax of the daemon's configuration file, with blanks between them; empty when there are none.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<string> GetLoggingFiltersAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ConnectGetLoggingFiltersRet reply = await Admin.ConnectGetLoggingFiltersAsync(new() { Flags = 0 }, options, cancellationToken)
            .ConfigureAwait(false);
        return reply.Filters?.TrimEnd() ?? "";
    }

    /// <summary>Replaces all log filters of the running daemon, until its restart.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectSetLoggingFilters">virAdmConnectSetLoggingFilters</see>. Since libvirt 3.0.0. Procedure <c>ADMIN_PROC_CONNECT_SET_LOGGING_FILTERS</c>.</remarks>
    /// <param name="filters">The new filters as in the daemon's configuration file, such as <c>1:qemu 3:rpc</c>; an empty text removes all.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask SetLoggingFiltersAsync(string filters, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return Admin.ConnectSetLoggingFiltersAsync(new() { Filters = filters, Flags = 0 }, options, cancellationToken);
    }

    /// <summary>Gets where the daemon now writes its log.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectGetLoggingOutputs">virAdmConnectGetLoggingOutputs</see>. Since libvirt 3.0.0. Procedure <c>ADMIN_PROC_CONNECT_GET_LOGGING_OUTPUTS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <returns>The outputs in the syntax of the daemon's configuration file, with blanks between them.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<string> GetLoggingOutputsAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ConnectGetLoggingOutputsRet reply = await Admin.ConnectGetLoggingOutputsAsync(new() { Flags = 0 }, options, cancellationToken)
            .ConfigureAwait(false);
        return reply.Outputs.TrimEnd();
    }

    /// <summary>Replaces all log outputs of the running daemon, until its restart.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectSetLoggingOutputs">virAdmConnectSetLoggingOutputs</see>. Since libvirt 3.0.0. Procedure <c>ADMIN_PROC_CONNECT_SET_LOGGING_OUTPUTS</c>.</remarks>
    /// <param name="outputs">The new outputs as in the daemon's configuration file, such as <c>1:file:/var/log/libvirt.log</c>; an empty text brings back the default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask SetLoggingOutputsAsync(string outputs, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return Admin.ConnectSetLoggingOutputsAsync(new() { Outputs = outputs, Flags = 0 }, options, cancellationToken);
    }

    /// <summary>Sets how long the running daemon stays without clients and work before it stops itself, until its restart.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectSetDaemonTimeout">virAdmConnectSetDaemonTimeout</see>. Since libvirt 8.6.0. Procedure <c>ADMIN_PROC_CONNECT_SET_DAEMON_TIMEOUT</c>.</remarks>
    /// <param name="timeout">The time, sent in whole seconds; zero has it run for ever.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, longer than libvirt can say, or between zero and a second.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask SetDaemonTimeoutAsync(TimeSpan timeout, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestTimeout);
        // Zero would mean the opposite of a short time.
        if (timeout > TimeSpan.Zero && timeout < TimeSpan.FromSeconds(1))
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The daemon counts whole seconds.");
        return Admin.ConnectSetDaemonTimeoutAsync(new() { Timeout = (uint)timeout.TotalSeconds, Flags = 0 }, options, cancellationToken);
    }

    /// <summary>Has the daemon stop; it is not waited for. The connection is lost then, and made again if the daemon comes back.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectDaemonShutdown">virAdmConnectDaemonShutdown</see>. Since libvirt 11.2.0. Procedure <c>ADMIN_PROC_CONNECT_DAEMON_SHUTDOWN</c>.</remarks>
    /// <param name="flags">Whether the state of the guests is saved first; not by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask ShutdownDaemonAsync(
        AdminConnectDaemonShutdownFlags flags = 0, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Admin.ConnectDaemonShutdownAsync(new() { Flags = (uint)flags }, options, cancellationToken);
}
