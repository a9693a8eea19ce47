using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>
/// Runs the mailbox of an idle actor on the thread that sends to it, and counts what is queued or running. Work goes to the thread pool
/// when the same mailbox already runs on this thread, or when inline runs nest too deep.
/// </summary>
internal sealed class TrackedInlineDispatcher : MessageDispatcher
{
    private const int MaxDepth = 4;

    [ThreadStatic]
    private static int s_depth;

    [ThreadStatic]
    private static IRunnable? s_running;

    private readonly ActivityTracker _activity;

    public TrackedInlineDispatcher(MessageDispatcherConfigurator configurator, ActivityTracker activity)
        : base(configurator)
    {
        _activity = activity;
        Id = configurator.Config.GetString("id", null);
        Throughput = configurator.Config.GetInt("throughput", DefaultThroughput);
    }

    protected override void ExecuteTask(IRunnable run)
    {
        if (s_depth >= MaxDepth || ReferenceEquals(s_running, run))
            TrackedDispatcher.Queue(_activity, run);
        else
            RunInline(run);
    }

    protected override void Shutdown()
    {
        // There are no threads to release.
    }

    private void RunInline(IRunnable run)
    {
        IRunnable? outer = s_running;
        SynchronizationContext? synchronization = SynchronizationContext.Current;
        ExecutionContext? context = ExecutionContext.Capture();
        s_depth++;
        s_running = run;
        _activity.Begin();
        try
        {
            if (synchronization is not null)
                SynchronizationContext.SetSynchronizationContext(null);
            run.Run();
        }
        finally
        {
            _activity.End();
            s_running = outer;
            s_depth--;
            if (synchronization is not null)
                SynchronizationContext.SetSynchronizationContext(synchronization);
            if (context is not null)
                ExecutionContext.Restore(context);
        }
    }
}
