namespace Libvirt.Connection;

/// <summary>What the thread in a <see cref="Seat"/> does.</summary>
internal interface ISeatWork
{
    /// <summary>Does the next thing, and may wait for it a moment.</summary>
    /// <param name="answered">Takes those who can go on because of it; null to have them told through the pool.</param>
    SeatStep Step(List<IWaiter>? answered);

    /// <summary>No thread does it any longer; tasks go on unless it has ended.</summary>
    /// <param name="ended">Whether there is nothing more to do.</param>
    /// <param name="error">What a step threw; null when none did.</param>
    void Leave(bool ended, Exception? error);
}
