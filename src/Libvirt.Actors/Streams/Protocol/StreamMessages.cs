using Libvirt.Connections;

namespace Libvirt.Streams;

/// <summary>Everything has been written: tell the daemon, and await its acknowledgement.</summary>
internal sealed record FinishStream : ILocalMessage;

/// <summary>The rest of the stream is not wanted: tell the daemon to stop.</summary>
internal sealed record AbortStream : ILocalMessage;

/// <summary>The daemon has not acknowledged the abort in time: end the stream without it.</summary>
internal sealed record ForgetStream : ILocalMessage;

/// <summary>The reader has made room for the packet that waited.</summary>
internal sealed record PacketTaken(Exception? Error) : ILocalMessage;
