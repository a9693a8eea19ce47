namespace Libvirt.Streams;

/// <summary>Everything has been written: say so to the daemon and await its answer.</summary>
internal sealed record FinishStream : IStreamMessage;

/// <summary>Nobody wants the rest of the stream: tell the daemon to stop.</summary>
internal sealed record AbortStream : IStreamMessage;
