namespace Libvirt.Cli.Connecting;

/// <summary>The settings of the connection of one command.</summary>
internal static class SessionOptions
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    /// <summary>Nothing is retried; the user's limit holds for connecting and for each call.</summary>
    public static HypervisorOptions Of(TimeSpan? timeout)
    {
        HypervisorOptions options = new() { Reconnect = false, RetryReads = false, CloseTimeout = Goodbye };
        return timeout is { } limit ? options with { ConnectTimeout = limit, ReadTimeout = limit, CallTimeout = limit } : options;
    }
}
