namespace Libvirt.Settings;

/// <summary>The settings of a hypervisor: all of <see cref="HypervisorOptions"/> that can be written as text.</summary>
internal static class HypervisorSettings
{
    public static IReadOnlyList<Setting<HypervisorOptions>> All { get; } =
    [
        Setting.Flag<HypervisorOptions>(
            "read-only", nameof(HypervisorOptions.ReadOnly), o => o.ReadOnly, (o, v) => o with { ReadOnly = v }),
        Setting.Duration<HypervisorOptions>(
            "connect-timeout", nameof(HypervisorOptions.ConnectTimeout), o => o.ConnectTimeout, (o, v) => o with { ConnectTimeout = v }),
        Setting.Duration<HypervisorOptions>(
            "close-timeout", nameof(HypervisorOptions.CloseTimeout), o => o.CloseTimeout, (o, v) => o with { CloseTimeout = v }),
        Setting.Duration<HypervisorOptions>(
            "read-timeout", nameof(HypervisorOptions.ReadTimeout), o => o.ReadTimeout, (o, v) => o with { ReadTimeout = v }),
        Setting.Duration<HypervisorOptions>(
            "call-timeout", nameof(HypervisorOptions.CallTimeout), o => o.CallTimeout, (o, v) => o with { CallTimeout = v }),
        Setting.Duration<HypervisorOptions>(
            "ready-timeout", nameof(HypervisorOptions.ReadyTimeout), o => o.ReadyTimeout, (o, v) => o with { ReadyTimeout = v }),
        Setting.Duration<HypervisorOptions>(
            "keep-alive-interval", nameof(HypervisorOptions.KeepAliveInterval), o => o.KeepAliveInterval, (o, v) => o with { KeepAliveInterval = v }),
        Setting.Integer<HypervisorOptions>(
            "keep-alive-count", nameof(HypervisorOptions.KeepAliveCount), o => o.KeepAliveCount, (o, v) => o with { KeepAliveCount = v }),
        Setting.Integer<HypervisorOptions>(
            "max-in-flight", nameof(HypervisorOptions.MaxInFlight), o => o.MaxInFlight, (o, v) => o with { MaxInFlight = v }),
        Setting.Integer<HypervisorOptions>(
            "max-connections", nameof(HypervisorOptions.MaxConnections), o => o.MaxConnections, (o, v) => o with { MaxConnections = v }),
        Setting.Integer<HypervisorOptions>(
            "max-bulk-connections", nameof(HypervisorOptions.MaxBulkConnections), o => o.MaxBulkConnections, (o, v) => o with { MaxBulkConnections = v }),
        Setting.Integer<HypervisorOptions>(
            "max-interactive-connections", nameof(HypervisorOptions.MaxInteractiveConnections), o => o.MaxInteractiveConnections,
            (o, v) => o with { MaxInteractiveConnections = v }),
        Setting.Size<HypervisorOptions>(
            "stream-buffer", nameof(HypervisorOptions.StreamBuffer), o => o.StreamBuffer, (o, v) => o with { StreamBuffer = v }),
        Setting.Duration<HypervisorOptions>(
            "slow-call-after", nameof(HypervisorOptions.SlowCallAfter), o => o.SlowCallAfter, (o, v) => o with { SlowCallAfter = v }),
        Setting.Text<HypervisorOptions>(
            "slow-procedures", nameof(HypervisorOptions.SlowProcedures), o => o.SlowProcedures.ToString(),
            (o, v) => o with { SlowProcedures = ProcedureSet.Parse(v) }),
        Setting.Duration<HypervisorOptions>(
            "extra-connection-idle", nameof(HypervisorOptions.ExtraConnectionIdle), o => o.ExtraConnectionIdle, (o, v) => o with { ExtraConnectionIdle = v }),
        Setting.Integer<HypervisorOptions>(
            "queue-capacity", nameof(HypervisorOptions.QueueCapacity), o => o.QueueCapacity, (o, v) => o with { QueueCapacity = v }),
        Setting.Flag<HypervisorOptions>(
            "reconnect", nameof(HypervisorOptions.Reconnect), o => o.Reconnect, (o, v) => o with { Reconnect = v }),
        Setting.Limit<HypervisorOptions>(
            "reconnect-attempts", nameof(HypervisorOptions.ReconnectAttempts), o => o.ReconnectAttempts, (o, v) => o with { ReconnectAttempts = v }),
        Setting.Flag<HypervisorOptions>(
            "retry-reads", nameof(HypervisorOptions.RetryReads), o => o.RetryReads, (o, v) => o with { RetryReads = v }),
        Setting.Flag<HypervisorOptions>(
            "file-descriptors", nameof(HypervisorOptions.FileDescriptors), o => o.FileDescriptors, (o, v) => o with { FileDescriptors = v }),
        Setting.Flag<HypervisorOptions>(
            "inline-continuations", nameof(HypervisorOptions.InlineContinuations), o => o.InlineContinuations, (o, v) => o with { InlineContinuations = v }),
        .. BackoffSettings.Of<HypervisorOptions>(
            "reconnect-backoff", nameof(HypervisorOptions.ReconnectBackoff), o => o.ReconnectBackoff, (o, v) => o with { ReconnectBackoff = v }),
    ];
}
