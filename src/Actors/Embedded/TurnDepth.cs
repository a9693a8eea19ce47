namespace Actors.Embedded;

/// <summary>How many turns lie on the current thread's stack.</summary>
internal static class TurnDepth
{
    [ThreadStatic]
    private static int s_depth;

    /// <summary>Whether no turn lies below, so that this thread may go on with a turn without nesting it.</summary>
    public static bool IsZero => s_depth == 0;

    public static bool MayNest(int limit) => s_depth < limit;

    /// <summary>Counts a turn in, and takes the teller's synchronization context away: a handler's awaits must not return to it.</summary>
    public static Ambient Enter()
    {
        s_depth++;
        var ambient = new Ambient(SynchronizationContext.Current, ExecutionContext.Capture());
        if (ambient.Synchronization is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        return ambient;
    }

    /// <summary>Counts the turn out and gives the teller back what it had: ambient values that a handler set end with the turn.</summary>
    public static void Leave(Ambient ambient)
    {
        s_depth--;
        if (ambient.Synchronization is not null)
            SynchronizationContext.SetSynchronizationContext(ambient.Synchronization);
        if (ambient.Execution is not null && ambient.Execution != ExecutionContext.Capture())
            ExecutionContext.Restore(ambient.Execution);
    }

    /// <summary>What the thread carried before the turn.</summary>
    public readonly record struct Ambient(SynchronizationContext? Synchronization, ExecutionContext? Execution);
}
