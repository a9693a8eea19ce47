namespace Libvirt;

/// <summary>Limits of one call.</summary>
/// <param name="Timeout">
/// How long the call may take, queueing included; null for the connection's default, <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for
/// no limit.
/// </param>
public readonly record struct CallOptions(TimeSpan? Timeout = null);
