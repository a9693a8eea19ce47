namespace Libvirt.Calls;

/// <summary>What has a call at the moment: a connection, or the hypervisor while there is none.</summary>
internal interface ICallHolder
{
    /// <summary>Takes the call. A call that no actor handles is informed through <see cref="Dispatch.IUndelivered"/>.</summary>
    void Take(IPendingCall call);

    /// <summary>The caller has given the call up.</summary>
    void Abandon(IPendingCall call);

    /// <summary>What takes the call when this one has ended; null when nothing does.</summary>
    ICallHolder? Successor { get; }

    /// <summary>Whether its end is the hypervisor's, after which there will be no other connection.</summary>
    bool IsHypervisor { get; }

    /// <summary>Why this one has ended, if it has and if there was a reason.</summary>
    Exception? EndReason { get; }
}
