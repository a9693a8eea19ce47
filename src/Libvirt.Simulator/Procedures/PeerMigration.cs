namespace Libvirt.Simulator;

/// <summary>A migration that the source host leads by itself, to another host of the same simulator: <c>virsh migrate --p2p</c>.</summary>
internal static class PeerMigration
{
    // Two hosts that send each other a guest at the same moment would wait for each other for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Moves a guest. Called with the source's lock held; when it fails, the guest is where and what it was.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="uri">Where to: as the source host reaches the destination's daemon.</param>
    /// <param name="definition">The guest as it shall be there.</param>
    /// <param name="flags">How.</param>
    /// <exception cref="SimulatedFailureException">The destination cannot be reached, or cannot take it.</exception>
    public static void Run(SimulatedDomain domain, string uri, DomainDefinition definition, DomainMigrateFlags flags)
    {
        SimulatedHost destination = domain.Host.Simulator.Reach(uri) is { IsUp: true } reached && reached != domain.Host
            ? reached
            : throw new SimulatedFailureException(ErrorNumber.OperationFailed, $"Failed to connect to remote libvirt URI {uri}");
        if (!flags.HasFlag(DomainMigrateFlags.Offline))
            domain.EnsureActive();
        if (!destination.Gate.TryEnter(Patience))
            throw new SimulatedFailureException(ErrorNumber.OperationTimeout, "cannot acquire state change lock");
        try
        {
            MigrationCalls.EnsureRoom(destination, definition);
            MigrationCalls.Arrive(destination, definition, flags);
        }
        finally
        {
            destination.Gate.Exit();
        }

        if (domain.IsActive)
            domain.PauseForMigration();
        MigrationCalls.Leave(domain, flags);
    }
}
