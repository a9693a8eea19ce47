using Libvirt.Protocol.Admin;

namespace Libvirt;

public sealed partial class DaemonServer
{
    /// <summary>Gets its worker threads: how many there are and may be, and how much work waits for them.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerGetThreadPoolParameters">virAdmServerGetThreadPoolParameters</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_GET_THREADPOOL_PARAMETERS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<ThreadPoolParameters> GetThreadPoolParametersAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ServerGetThreadpoolParametersRet reply = await Connection.Admin.ServerGetThreadpoolParametersAsync(
            new() { Srv = Handle, Flags = 0 }, options, cancellationToken).ConfigureAwait(false);
        return ThreadPoolParameters.From(new TypedParameters(reply.Params));
    }

    /// <summary>Changes the limits of its worker threads, until the daemon's restart. What is null stays as it is.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerSetThreadPoolParameters">virAdmServerSetThreadPoolParameters</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_SET_THREADPOOL_PARAMETERS</c>.</remarks>
    /// <param name="minWorkers">The fewest threads that it keeps; less than the most.</param>
    /// <param name="maxWorkers">The most threads that it starts.</param>
    /// <param name="priorityWorkers">How many threads carry out only calls that are sure not to wait for a hypervisor.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="ArgumentException">Nothing is to be changed.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask SetThreadPoolParametersAsync(
        uint? minWorkers = null, uint? maxWorkers = null, uint? priorityWorkers = null, CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        TypedParameters parameters = Changes(
            (ThreadPoolParameters.MinWorkersField, minWorkers), (ThreadPoolParameters.MaxWorkersField, maxWorkers),
            (ThreadPoolParameters.PriorityWorkersField, priorityWorkers));
        return Connection.Admin.ServerSetThreadpoolParametersAsync(
            new() { Srv = Handle, Params = parameters.ToWire(), Flags = 0 }, options, cancellationToken);
    }

    /// <summary>Gets how many clients it has and may have.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerGetClientLimits">virAdmServerGetClientLimits</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_GET_CLIENT_LIMITS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<ClientLimits> GetClientLimitsAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ServerGetClientLimitsRet reply = await Connection.Admin.ServerGetClientLimitsAsync(
            new() { Srv = Handle, Flags = 0 }, options, cancellationToken).ConfigureAwait(false);
        return ClientLimits.From(new TypedParameters(reply.Params));
    }

    /// <summary>Changes how many clients it may have, until the daemon's restart. What is null stays as it is; nobody is thrown out.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerSetClientLimits">virAdmServerSetClientLimits</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_SET_CLIENT_LIMITS</c>.</remarks>
    /// <param name="maxClients">The most clients at one time; no less than may wait for authentication.</param>
    /// <param name="maxUnauthenticatedClients">The most clients that have not yet said who they are.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="ArgumentException">Nothing is to be changed.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask SetClientLimitsAsync(
        uint? maxClients = null, uint? maxUnauthenticatedClients = null, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        TypedParameters parameters = Changes(
            (ClientLimits.MaxClientsField, maxClients), (ClientLimits.MaxUnauthenticatedClientsField, maxUnauthenticatedClients));
        return Connection.Admin.ServerSetClientLimitsAsync(
            new() { Srv = Handle, Params = parameters.ToWire(), Flags = 0 }, options, cancellationToken);
    }

    private static TypedParameters Changes(params ReadOnlySpan<(string Name, uint? Value)> wanted)
    {
        TypedParametersBuilder parameters = [];
        foreach ((string name, uint? value) in wanted)
        {
            if (value is { } number)
                parameters.Add(name, number);
        }

        return parameters.Any() ? parameters.Build() : throw new ArgumentException("Say what is to be changed.");
    }
}
