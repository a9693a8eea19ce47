using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>Runs mailboxes on the thread pool and counts what is queued or running.</summary>
internal sealed class TrackedDispatcher : MessageDispatcher
{
    private static readonly Action<(ActivityTracker Activity, IRunnable Work)> RunQueued = static queued => Run(queued.Activity, queued.Work);

    private readonly ActivityTracker _activity;

    public TrackedDispatcher(MessageDispatcherConfigurator configurator, ActivityTracker activity)
        : base(configurator)
    {
        _activity = activity;
        Id = configurator.Config.GetString("id", null);
        Throughput = configurator.Config.GetInt("throughput", DefaultThroughput);
    }

    /// <summary>Queues work to the thread pool and counts it until it has run.</summary>
    public static void Queue(ActivityTracker activity, IRunnable work)
    {
        activity.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(RunQueued, (activity, work), preferLocal: false);
    }

    protected override void ExecuteTask(IRunnable run) => Queue(_activity, run);

    protected override void Shutdown()
    {
        // The thread pool belongs to the process.
    }

    private static void Run(ActivityTracker activity, IRunnable work)
    {
        try
        {
            work.Run();
        }
        finally
        {
            activity.End();
        }
    }
}
