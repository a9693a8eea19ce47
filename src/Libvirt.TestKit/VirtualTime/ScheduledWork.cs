using Akka.Actor;
using Akka.Actor.Internal;

namespace Libvirt.TestKit;

/// <summary>A message or an action that a <see cref="VirtualTimeScheduler"/> runs once or repeatedly.</summary>
internal abstract class ScheduledWork(VirtualTimeScheduler scheduler)
{
    private static readonly TimerCallback OnDue = static state => ((ScheduledWork)state!).Fire();

    private VirtualTimer? _timer;
    private ICancelable? _cancelable;
    private CancellationTokenRegistration _cancellation;
    private bool _repeats;

    /// <summary>The scheduler that runs this.</summary>
    public VirtualTimeScheduler Scheduler => scheduler;

    /// <summary>True when Akka scheduled this for itself and cannot cancel it.</summary>
    public bool IsAkkasOwn => _cancelable is null && AkkaTypes.Contains(Origin);

    /// <summary>The type that decides who scheduled this.</summary>
    protected abstract Type Origin { get; }

    public void Start(TimeSpan delay, TimeSpan interval, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        _cancelable = cancelable;
        _repeats = interval != Timeout.InfiniteTimeSpan;

        // Without the caller's execution context: what an actor schedules must not run with the ambient values of its last message.
        var timer = new VirtualTimer(scheduler.Time, OnDue, this, null);
        _timer = timer;
        scheduler.Time.Schedule(timer, delay, interval);
        if (cancelable is not null)
            _cancellation = cancelable.Token.UnsafeRegister(static timer => ((VirtualTimer)timer!).Dispose(), timer);
    }

    public abstract override string ToString();

    protected abstract void Run();

    private void Fire()
    {
        if (_cancelable is { IsCancellationRequested: true })
            return;

        // The advancing thread may be that of a test, which has an implicit sender.
        ActorCell? current = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = null;
        try
        {
            Run();
        }
        catch (Exception exception)
        {
            // As Akka's own scheduler does: log it, and do not repeat work that has failed.
            scheduler.ReportFailure(this, exception);
            _timer?.Dispose();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = current;
            if (!_repeats)
                _cancellation.Unregister();
        }
    }
}
