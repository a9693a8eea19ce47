namespace Libvirt.Simulator;

public sealed partial class SimulatedHost
{
    private ITimer? _recovery;

    /// <summary>Whether clients can connect.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>
    /// The daemon dies: every client loses its connection, new ones are refused, guests run on. Their events of this time are lost, as with
    /// a real daemon.
    /// </summary>
    /// <param name="comeBackAfter">When it starts again; never by itself when absent.</param>
    public void CrashDaemon(TimeSpan? comeBackAfter = null) => GoDown(comeBackAfter, machine: false);

    /// <summary>The whole machine dies: as <see cref="CrashDaemon"/>, and every guest is gone. Persistent ones are shut off afterwards.</summary>
    /// <inheritdoc cref="CrashDaemon"/>
    public void CrashMachine(TimeSpan? comeBackAfter = null) => GoDown(comeBackAfter, machine: true);

    /// <summary>The daemon, or the machine, starts again. Guests that are marked for it start with it after a machine's crash.</summary>
    public void Recover()
    {
        lock (Gate)
        {
            _recovery?.Dispose();
            _recovery = null;
            if (IsUp)
                return;
            IsUp = true;
            Domains.Autostart();
        }
        foreach (SimulatedEndpoint endpoint in _simulator.EndpointsOf(this))
            endpoint.Resume();
    }

    /// <summary>Every client loses its connection; the host stays as it is and new ones may come at once.</summary>
    public void DropClients()
    {
        foreach (ClientSession session in Sessions())
            session.Close();
    }

    /// <summary>Every client's connection goes silent without being closed: nothing is read, nothing is sent.</summary>
    /// <param name="duration">For how long; for ever when absent.</param>
    public void FreezeClients(TimeSpan? duration = null)
    {
        ClientSession[] sessions = Sessions();
        foreach (ClientSession session in sessions)
            session.Freeze();
        if (duration is TimeSpan time)
            _simulator.Script.After(time, _ => Array.ForEach(sessions, s => s.Thaw()));
    }

    /// <summary>
    /// Emits lifecycle events in a row, as fast as they can be encoded: the host's guests take turns in being reported resumed. Nothing
    /// changes. A host without guests has nothing to report.
    /// </summary>
    public void EmitStorm(int events)
    {
        lock (Gate)
        {
            SimulatedDomain[] domains = [.. Domains.All];
            for (int i = 0; i < events && domains.Length > 0; i++)
                Publish(DomainNotices.Lifecycle(domains[i % domains.Length], DomainEventType.Resumed, (int)DomainEventResumedDetailType.Unpaused));
        }
    }

    private void GoDown(TimeSpan? comeBackAfter, bool machine)
    {
        lock (Gate)
        {
            IsUp = false;
            _recovery?.Dispose();
            _recovery = comeBackAfter is TimeSpan time
                ? Time.CreateTimer(_ => Recover(), null, time, Timeout.InfiniteTimeSpan)
                : null;
            if (machine)
                Domains.LoseAll();
        }
        foreach (SimulatedEndpoint endpoint in _simulator.EndpointsOf(this))
            _ = endpoint.SuspendAsync();
        DropClients();
    }

    private ClientSession[] Sessions()
    {
        lock (Gate)
            return [.. _sessions];
    }
}
