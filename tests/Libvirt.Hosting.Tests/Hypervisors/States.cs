namespace Libvirt.Hosting.Tests.Hypervisors;

internal static class States
{
    /// <summary>Waits for a state, as a program would: by following the changes.</summary>
    public static async Task<TState> UntilAsync<TState>(this Hypervisor hypervisor)
        where TState : HypervisorState
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (HypervisorState state in hypervisor.StateChanges.WithCancellation(limit.Token))
        {
            if (state is TState wanted)
                return wanted;
        }

        throw new InvalidOperationException($"{hypervisor} ended as {hypervisor.State} without having been {typeof(TState).Name}.");
    }
}
