namespace Libvirt.Dispatch;

/// <summary>An Akka scheduler that runs on a <see cref="TimeProvider"/>, so that actors and asynchronous code share one clock.</summary>
internal interface ITimeProviderScheduler
{
    /// <summary>The clock.</summary>
    TimeProvider TimeProvider { get; }
}
