namespace Actors;

/// <summary>Timers that do not carry the ambient values of whoever happens to start them.</summary>
internal static class DetachedTimer
{
    public static ITimer Create(TimeProvider time, TimerCallback callback, object state, TimeSpan delay, TimeSpan period)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return time.CreateTimer(callback, state, delay, period);
        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(callback, state, delay, period);
    }
}
