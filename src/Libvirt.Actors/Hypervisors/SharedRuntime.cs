namespace Libvirt;

/// <summary>The runtime that <see cref="Hypervisor.ConnectAsync"/> uses: created for the first hypervisor, disposed with the last.</summary>
internal static class SharedRuntime
{
    private static readonly Lock Gate = new();
    private static LibvirtRuntime? s_runtime;
    private static int s_leases;

    /// <summary>Uses the runtime until the lease is disposed.</summary>
    public static Lease Acquire()
    {
        lock (Gate)
        {
            s_runtime ??= LibvirtRuntime.Create();
            s_leases++;
            return new Lease(s_runtime);
        }
    }

    private static LibvirtRuntime? Release()
    {
        lock (Gate)
        {
            if (--s_leases > 0)
                return null;
            LibvirtRuntime? last = s_runtime;
            s_runtime = null;
            return last;
        }
    }

    /// <summary>The use of the shared runtime by one hypervisor.</summary>
    internal sealed class Lease(LibvirtRuntime runtime) : IAsyncDisposable
    {
        private int _disposed;

        public LibvirtRuntime Runtime => runtime;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0 && Release() is { } last)
                await last.DisposeAsync().ConfigureAwait(false);
        }
    }
}
