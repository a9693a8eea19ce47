namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    private ITimer? _powerTimer;
    private GuestConsole? _console;

    /// <summary>Asks the guest to shut down. It takes its time, and may take no notice.</summary>
    public void Shutdown() => PressPower(reboot: false);

    /// <summary>Asks the guest to reboot. It takes its time, and may take no notice.</summary>
    public void Reboot() => PressPower(reboot: true);

    /// <summary>The guest shuts down by itself, at once.</summary>
    public void ShutdownFromWithin()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            PowerOff(byHost: false);
        }
    }

    /// <summary>The console of a running guest.</summary>
    internal GuestConsole Console => _console ?? throw Failures.Invalid("domain is not running");

    internal void StopTimers()
    {
        _powerTimer?.Dispose();
        _powerTimer = null;
    }

    private void BeginGuest() => _console = new GuestConsole(this);

    private void EndGuest()
    {
        _console?.Close();
        _console = null;
    }

    private void PressPower(bool reboot)
    {
        lock (_host.Gate)
        {
            EnsureActive();
            EmitMonitorEvent("POWERDOWN");
            GuestBehavior behavior = EffectiveBehavior;
            if (behavior.IgnoresPowerButton || _powerTimer is not null)
                return;
            TimeSpan time = reboot ? behavior.RebootTime : behavior.ShutdownTime;
            int id = Id;
            _powerTimer = _host.Time.CreateTimer(_ => Obey(id, reboot), null, time, Timeout.InfiniteTimeSpan);
        }
    }

    private void Obey(int id, bool reboot)
    {
        lock (_host.Gate)
        {
            if (Id != id)
                return;
            StopTimers();
            if (reboot)
                RebootNow();
            else
                PowerOff(byHost: true);
        }
    }

    internal void RebootNow()
    {
        _clock.Restart();
        EmitMonitorEvent("RESET", """{"guest":true,"reason":"guest-reset"}""");
        _host.Publish(DomainNotices.Reboot(this));
    }

    private void PowerOff(bool byHost)
    {
        EmitMonitorEvent("SHUTDOWN", """{"guest":true,"reason":"guest-shutdown"}""");
        Enter(DomainState.Shutdown, (int)DomainShutdownReason.User);
        Report(DomainEventType.Shutdown, (int)(byHost ? DomainEventShutdownDetailType.Host : DomainEventShutdownDetailType.Guest));
        End(DomainShutoffReason.Shutdown, DomainEventStoppedDetailType.Shutdown);
    }
}
