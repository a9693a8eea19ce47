namespace Libvirt.Testing;

/// <summary>A message that a proxy received, before any fault was done to it.</summary>
/// <param name="Connection">Counts the proxy's connections from 1.</param>
/// <param name="IsFromClient">Whether the client sent it; else the daemon did.</param>
/// <param name="At">When its last byte arrived.</param>
/// <param name="Frame">The message.</param>
public sealed record RecordedFrame(int Connection, bool IsFromClient, DateTimeOffset At, RpcFrame Frame)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Connection} {(IsFromClient ? "->" : "<-")} {Frame}";
}
