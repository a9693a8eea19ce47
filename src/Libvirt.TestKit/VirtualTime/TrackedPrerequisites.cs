using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>
/// What a tracked dispatcher gets from its system, with a scheduler of its own for the one thing that the base class schedules: the
/// shutdown of a dispatcher without actors. On the virtual clock, that timer would look like a timer of the program.
/// </summary>
internal sealed class TrackedPrerequisites : IDispatcherPrerequisites
{
    private readonly IDispatcherPrerequisites _inner;

    /// <exception cref="ConfigurationException">The scheduler of the system does not run on a virtual clock.</exception>
    public TrackedPrerequisites(IDispatcherPrerequisites inner)
    {
        _inner = inner;
        if (inner.Scheduler is not VirtualTimeScheduler scheduler)
            throw new ConfigurationException("A tracked dispatcher requires the scheduler that VirtualTime.Config configures.");
        Activity = scheduler.Time.Activity;
        Scheduler = new ImmediateScheduler(inner.Settings.Config, inner.Settings.System.Log);
    }

    public ActivityTracker Activity { get; }

    public EventStream EventStream => _inner.EventStream;

    public IScheduler Scheduler { get; }

    public Akka.Actor.Settings Settings => _inner.Settings;

    public Mailboxes Mailboxes => _inner.Mailboxes;
}
