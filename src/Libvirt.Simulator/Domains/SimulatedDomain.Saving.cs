namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    /// <summary>Whether a managed save image waits for the next start.</summary>
    public bool HasManagedSave { get; private set; }

    /// <summary>Saves the guest and stops it; its next start goes on from there.</summary>
    public void ManagedSave()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            if (!IsPersistent)
                throw Failures.Invalid("cannot do managed save for transient domain");
            HasManagedSave = true;
            EndSaved();
        }
    }

    /// <summary>The guest stands still while the last of it goes to another host.</summary>
    internal void PauseForMigration()
    {
        Enter(DomainState.Paused, (int)DomainPausedReason.Migration);
        Report(DomainEventType.Suspended, (int)DomainEventSuspendedDetailType.Migrated);
    }

    /// <summary>Throws the managed save image away.</summary>
    internal void RemoveManagedSave() => HasManagedSave = false;

    internal SavedGuest Save()
    {
        EnsureActive();
        SavedGuest saved = new(Live!.Copy(), State == DomainState.Paused);
        EndSaved();
        return saved;
    }

    private void EndSaved()
    {
        EmitMonitorEvent("STOP");
        End(DomainShutoffReason.Saved, DomainEventStoppedDetailType.Saved);
    }
}
