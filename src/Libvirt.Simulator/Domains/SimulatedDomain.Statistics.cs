namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    /// <summary>How long it has run since it started; pauses do not count.</summary>
    public TimeSpan RunTime
    {
        get
        {
            lock (_host.Gate)
                return _clock.RunTime;
        }
    }

    internal GuestStatistics Statistics => new(Current, IsActive ? _clock.RunTime : TimeSpan.Zero, EffectiveBehavior.CpuLoad);
}
