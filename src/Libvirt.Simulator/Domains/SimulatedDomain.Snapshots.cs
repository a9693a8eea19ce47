namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    /// <summary>Goes back to what the guest was and did at a snapshot.</summary>
    internal void Restore(SimulatedSnapshot snapshot)
    {
        bool wasActive = IsActive;
        Definition = snapshot.Definition.Copy();
        if (snapshot.State is not (DomainState.Running or DomainState.Paused))
        {
            if (wasActive)
                End(DomainShutoffReason.FromSnapshot, DomainEventStoppedDetailType.FromSnapshot);
            return;
        }
        if (wasActive)
            End(DomainShutoffReason.FromSnapshot, DomainEventStoppedDetailType.FromSnapshot);
        Begin(snapshot.State == DomainState.Paused, DomainRunningReason.FromSnapshot, DomainEventStartedDetailType.FromSnapshot);
    }
}
