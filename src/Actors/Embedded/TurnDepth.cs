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
    public static SynchronizationContext? Enter()
    {
        s_depth++;
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        return context;
    }

    public static void Leave(SynchronizationContext? context)
    {
        s_depth--;
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(context);
    }
}
