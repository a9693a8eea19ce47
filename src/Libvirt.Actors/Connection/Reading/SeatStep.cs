namespace Libvirt.Connection;

/// <summary>What came of one step of the thread in a seat.</summary>
internal enum SeatStep
{
    /// <summary>There is more to do, now or soon.</summary>
    GoOn,

    /// <summary>A thread is not needed for now.</summary>
    Leave,

    /// <summary>There is nothing more to do, ever.</summary>
    Ended,
}
