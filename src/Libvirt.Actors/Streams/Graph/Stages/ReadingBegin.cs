namespace Libvirt.Streams;

/// <summary>When a source begins to read.</summary>
internal enum ReadingBegin
{
    /// <summary>With the first demand: until then nothing is opened.</summary>
    WithDemand,

    /// <summary>When the graph starts.</summary>
    AtOnce,
}
