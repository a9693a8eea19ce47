using Akka.Dispatch;

namespace Libvirt.Dispatch;

/// <summary>
/// Runs the mailbox of an idle actor on the thread that tells it something; a busy actor's mailbox queues as usual. An idle connection thus sends a call on
/// its caller's own thread. A mailbox that already runs on this thread, or that would nest too deeply, is queued to the thread pool.
/// </summary>
internal class InlineDispatcher : MessageDispatcher
{
    /// <summary>How many mailboxes may run nested on one thread.</summary>
    public const int MaxDepth = 4;

    [ThreadStatic]
    private static IRunnable? s_running;

    [ThreadStatic]
    private static int s_depth;

    public InlineDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        Id = configurator.Config.GetString("id", InlineDispatcherConfigurator.Path);
        Throughput = configurator.Config.GetInt("throughput", DefaultThroughput);
        ShutdownTimeout = configurator.Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1));
    }

    protected sealed override void ExecuteTask(IRunnable run)
    {
        // Mailbox.Run registers itself again before it returns: without the second condition, an actor that tells itself messages nests without end.
        if (s_depth >= MaxDepth || ReferenceEquals(s_running, run))
            Queue(run);
        else
            RunInline(run);
    }

    /// <summary>Queues a mailbox to the thread pool.</summary>
    protected virtual void Queue(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(static run => run.Run(), run, preferLocal: false);

    /// <summary>Runs a mailbox on this thread and restores what actors must not inherit from, or leave to, the code that told them.</summary>
    protected virtual void RunInline(IRunnable run)
    {
        IRunnable? outer = s_running;
        SynchronizationContext? synchronization = SynchronizationContext.Current;
        ExecutionContext? execution = ExecutionContext.Capture();
        if (synchronization is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        s_running = run;
        s_depth++;
        try
        {
            run.Run();
        }
        finally
        {
            s_depth--;
            s_running = outer;
            if (execution is not null && execution != ExecutionContext.Capture())
                ExecutionContext.Restore(execution);
            if (synchronization is not null)
                SynchronizationContext.SetSynchronizationContext(synchronization);
        }
    }

    protected sealed override void Shutdown()
    {
        // It owns no threads.
    }
}
