namespace Libvirt.Calls;

/// <summary>What becomes of a call that reached an actor which has ended.</summary>
internal static class UndeliveredCalls
{
    /// <summary>Passes the call to the successor of its holder, or fails it with what ended the holder.</summary>
    public static void Redirect(IPendingCall call)
    {
        ICallHolder? holder = call.Holder;
        if (holder?.Successor is { } successor && call.Priority == CallPriority.Normal)
            successor.Take(call);
        else if (holder is { IsHypervisor: false })
            call.TryFail(CallFailures.ConnectionEnded(call, holder.EndReason));
        else
            call.TryFail(CallFailures.HypervisorClosed(call, holder?.EndReason));
    }
}
