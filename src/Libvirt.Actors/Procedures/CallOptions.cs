namespace Libvirt;

/// <summary>Limits of one call.</summary>
/// <param name="Timeout">
/// How long the call may take, queueing included; null for the connection's default, <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for
/// no limit. Anything else below zero is refused with an <see cref="ArgumentOutOfRangeException"/>.
/// </param>
public readonly record struct CallOptions(TimeSpan? Timeout = null)
{
    private readonly TimeSpan? _timeout = Checked(Timeout);

    /// <summary>How long the call may take, queueing included; null for the connection's default.</summary>
    public TimeSpan? Timeout
    {
        get => _timeout;
        init => _timeout = Checked(value);
    }

    private static TimeSpan? Checked(TimeSpan? timeout)
    {
        if (timeout is { } limit && limit != System.Threading.Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(Timeout));
        return timeout;
    }
}
