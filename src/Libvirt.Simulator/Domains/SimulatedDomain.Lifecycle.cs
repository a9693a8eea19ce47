namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    /// <summary>Starts the guest, from its managed save image where it has one.</summary>
    /// <param name="paused">Leaves it paused at its first instruction.</param>
    /// <param name="ignoreManagedSave">Throws the managed save image away and boots.</param>
    public void Start(bool paused = false, bool ignoreManagedSave = false)
    {
        lock (_host.Gate)
        {
            if (IsActive)
                throw Failures.Invalid("domain is already running");
            bool restored = HasManagedSave && !ignoreManagedSave;
            HasManagedSave = false;
            Begin(paused, restored ? DomainRunningReason.Restored : DomainRunningReason.Booted,
                restored ? DomainEventStartedDetailType.Restored : DomainEventStartedDetailType.Booted);
        }
    }

    /// <summary>Pauses the guest.</summary>
    public void Suspend()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            if (State == DomainState.Paused)
                return;
            Enter(DomainState.Paused, (int)DomainPausedReason.User);
            Report(DomainEventType.Suspended, (int)DomainEventSuspendedDetailType.Paused);
            EmitMonitorEvent("STOP");
        }
    }

    /// <summary>Lets the guest go on.</summary>
    public void Resume()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            if (State == DomainState.Running)
                return;
            Enter(DomainState.Running, (int)DomainRunningReason.Unpaused);
            Report(DomainEventType.Resumed, (int)DomainEventResumedDetailType.Unpaused);
            EmitMonitorEvent("RESUME");
        }
    }

    /// <summary>Stops the guest at once, without asking it.</summary>
    public void Destroy()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            End(DomainShutoffReason.Destroyed, DomainEventStoppedDetailType.Destroyed);
        }
    }

    /// <summary>Resets the guest's virtual machine as its reset button would.</summary>
    public void Reset()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            _clock.Restart();
            EmitMonitorEvent("RESET", """{"guest":false,"reason":"host-qmp-system-reset"}""");
        }
    }

    /// <summary>The guest's kernel panics and its virtual machine goes with it.</summary>
    public void Crash()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            EmitMonitorEvent("GUEST_PANICKED", """{"action":"poweroff"}""");
            Report(DomainEventType.Crashed, (int)DomainEventCrashedDetailType.Panicked);
            End(DomainShutoffReason.Crashed, DomainEventStoppedDetailType.Crashed);
        }
    }

    /// <summary>Takes the definition away. A running guest goes on until it stops.</summary>
    public void Undefine() => Undefine(DomainUndefineFlags.None);

    internal void Undefine(DomainUndefineFlags flags)
    {
        lock (_host.Gate)
        {
            if (!IsPersistent)
                throw Failures.Invalid("cannot undefine transient domain");
            if (Snapshots.Count > 0 && !IsActive && !flags.HasFlag(DomainUndefineFlags.SnapshotsMetadata))
                throw Failures.Invalid($"cannot delete inactive domain with {Snapshots.Count} snapshots");
            if (HasManagedSave && !flags.HasFlag(DomainUndefineFlags.ManagedSave))
                throw Failures.Invalid("Refusing to undefine while domain managed save image exists");
            HasManagedSave = false;
            IsPersistent = false;
            Autostart = false;
            Report(DomainEventType.Undefined, (int)DomainEventUndefinedDetailType.Removed);
            if (!IsActive)
                _host.Domains.Remove(this);
        }
    }

    internal void Begin(bool paused, DomainRunningReason reason, DomainEventStartedDetailType detail)
    {
        Id = _host.TakeId();
        Live = Definition.ForLife(Id);
        _clock.Restart();
        BeginGuest();
        if (paused)
            Enter(DomainState.Paused, (int)DomainPausedReason.User);
        else
            Enter(DomainState.Running, (int)reason);
        Report(DomainEventType.Started, (int)detail);
        if (paused)
            Report(DomainEventType.Suspended, (int)DomainEventSuspendedDetailType.Paused);
        else if (EffectiveBehavior.HasAgent)
            _host.Publish(DomainNotices.AgentLifecycle(this, ConnectDomainEventAgentLifecycleState.Connected));
    }

    internal void End(DomainShutoffReason reason, DomainEventStoppedDetailType detail)
    {
        StopTimers();
        EndGuest();
        Enter(DomainState.Shutoff, (int)reason);
        // The event still carries the number under which the guest ran.
        Notice notice = DomainNotices.Lifecycle(this, DomainEventType.Stopped, (int)detail);
        Id = -1;
        Live = null;
        _host.Publish(notice);
        if (!IsPersistent)
            _host.Domains.Remove(this);
    }

    /// <summary>The machine beneath is gone: nobody is left to report it.</summary>
    internal void Lose()
    {
        if (!IsActive)
            return;
        StopTimers();
        EndGuest();
        Enter(DomainState.Shutoff, (int)DomainShutoffReason.Crashed);
        Id = -1;
        Live = null;
        if (!IsPersistent)
            _host.Domains.Remove(this);
    }
}
