using System.Diagnostics;
using Libvirt.Diagnostics;

namespace Libvirt.Streams;

/// <summary>One transfer of bytes by a source or a sink.</summary>
public class TransferControl : StreamControl
{
    // The activity of the code that materialises the graph: the graph runs in an actor, which has none.
    private readonly ActivityContext _parent = Activity.Current?.Context ?? default;
    private Activity? _activity;
    private long _bytes;

    internal TransferControl()
    {
    }

    /// <summary>How many bytes were transferred so far, holes included: pushed by a source, or taken by the socket from a sink.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The transfer begins.</summary>
    /// <param name="uri">The hypervisor.</param>
    /// <param name="name">The name of its activity.</param>
    internal void Began(LibvirtUri uri, string name) => _activity = TransferTelemetry.Begin(uri, name, _parent);

    internal override void End(Exception? error)
    {
        TransferTelemetry.End(_activity, Bytes, error);
        base.End(error);
    }

    internal void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
