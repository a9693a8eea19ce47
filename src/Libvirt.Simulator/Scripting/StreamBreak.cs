namespace Libvirt.Simulator;

/// <summary>How a scripted stream breaks.</summary>
public enum StreamBreak
{
    /// <summary>The daemon ends the stream with an error; the connection stays.</summary>
    Error,

    /// <summary>The connection ends.</summary>
    DropConnection,

    /// <summary>The stream goes silent; the connection serves everything else.</summary>
    Stall,
}
