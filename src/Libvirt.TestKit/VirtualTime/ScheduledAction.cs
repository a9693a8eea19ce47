namespace Libvirt.TestKit;

/// <summary>A scheduled delegate.</summary>
internal sealed class ScheduledAction(VirtualTimeScheduler scheduler, Action action) : ScheduledWork(scheduler)
{
    protected override Type Origin => action.Method.DeclaringType ?? action.GetType();

    public override string ToString() => $"action {action.Method.DeclaringType?.FullName}.{action.Method.Name}";

    protected override void Run() => action();
}
