using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>A scheduled <see cref="IRunnable"/>.</summary>
internal sealed class ScheduledRunnable(VirtualTimeScheduler scheduler, IRunnable runnable) : ScheduledWork(scheduler)
{
    protected override Type Origin => runnable.GetType();

    public override string ToString() => $"action {runnable}";

    protected override void Run() => runnable.Run();
}
