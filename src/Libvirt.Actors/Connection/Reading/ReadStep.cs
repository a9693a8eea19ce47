namespace Libvirt.Connection;

/// <summary>What came of one step of a reading thread.</summary>
internal enum ReadStep
{
    /// <summary>No whole frame.</summary>
    Nothing,

    /// <summary>Frames, which the connection has seen.</summary>
    Received,

    /// <summary>A stream's reader keeps the bytes of the last step: there is no reading on for now.</summary>
    Held,

    /// <summary>The daemon's end, or the connection's.</summary>
    Ended,
}
