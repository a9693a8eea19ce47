using Actors;

namespace Libvirt.Calls;

/// <summary>Whoever has a call at the moment: a connection, or the hypervisor while there is none.</summary>
internal interface ICallHolder
{
    /// <summary>Takes the call, or says why not. A refused call is told so through <see cref="INotifyUndelivered"/>.</summary>
    TellResult Take(IPendingCall call);

    /// <summary>Nobody awaits the call any longer.</summary>
    void Abandon(IPendingCall call);

    /// <summary>Who takes the call when this one has ended; null when there is nobody left.</summary>
    ICallHolder? Successor { get; }

    /// <summary>Whether its end is the hypervisor's, after which there will be no other connection.</summary>
    bool IsHypervisor { get; }

    /// <summary>Why this one has ended, if it has and if there was a reason.</summary>
    Exception? EndReason { get; }
}
