namespace Libvirt.Connections;

/// <summary>What the daemon said it can do.</summary>
/// <param name="KeepAlive">It answers pings and sends its own.</param>
internal sealed record ConnectionFeatures(bool KeepAlive);
