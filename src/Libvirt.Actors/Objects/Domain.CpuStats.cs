using Libvirt.Protocol.Remote;

namespace Libvirt;

public sealed partial class Domain
{
    /// <summary>Gets CPU time statistics of the domain as a whole.</summary>
    /// <remarks>
    /// Serves <see href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetCPUStats">virDomainGetCPUStats</see> with a start CPU of
    /// -1. Since libvirt 0.9.10. Procedure <c>REMOTE_PROC_DOMAIN_GET_CPU_STATS</c>. Two calls on the wire: the count, then the values; the options
    /// apply to each.
    /// </remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<TypedParameters> GetTotalCpuStatsAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TypedParameters> total = await GetCpuStatsAsync(-1, 1, options, cancellationToken).ConfigureAwait(false);
        return total.Count == 0 ? TypedParameters.Empty : total[0];
    }

    /// <summary>Gets CPU time statistics of the domain on each of some CPUs of the host.</summary>
    /// <remarks>
    /// Serves <see href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetCPUStats">virDomainGetCPUStats</see>. Since libvirt 0.9.10.
    /// Procedure <c>REMOTE_PROC_DOMAIN_GET_CPU_STATS</c>. Two calls on the wire: the count, then the values; the options apply to each.
    /// </remarks>
    /// <param name="startCpu">The first CPU of the host; -1, with one CPU, for the domain as a whole.</param>
    /// <param name="cpuCount">How many CPUs, at most 128.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <returns>The statistics of each CPU in order; fewer than asked where the host has fewer.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<IReadOnlyList<TypedParameters>> GetCpuStatsAsync(
        int startCpu, int cpuCount, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cpuCount);
        DomainGetCpuStatsRet reply = await AskAsync(0).ConfigureAwait(false);
        if (reply.ParamCount <= 0)
            return [];
        reply = await AskAsync(reply.ParamCount).ConfigureAwait(false);
        return reply.ParamCount <= 0 ? [] : [.. reply.Params.Chunk(reply.ParamCount).Select(c => new TypedParameters(c))];

        ValueTask<DomainGetCpuStatsRet> AskAsync(int count)
        {
            DomainGetCpuStatsArgs args = new()
            {
                Dom = Handle,
                ParamCount = (uint)count,
                StartCpu = startCpu,
                CpuCount = (uint)cpuCount,
                Flags = (uint)TypedParameterFlags.StringOkay,
            };
            return Hypervisor.Remote.DomainGetCpuStatsAsync(args, options, cancellationToken);
        }
    }
}
