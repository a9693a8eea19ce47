namespace Libvirt.Settings;

/// <summary>The settings of the runtime that all hypervisors share.</summary>
internal static class RuntimeSettings
{
    public static IReadOnlyList<Setting<RuntimeLimits>> All { get; } =
    [
        Setting.Integer<RuntimeLimits>(
            "max-reader-threads", nameof(RuntimeLimits.MaxReaderThreads), o => o.MaxReaderThreads, (o, v) => o with { MaxReaderThreads = v }),
        Setting.Integer<RuntimeLimits>(
            "max-reconnects-per-second", nameof(RuntimeLimits.MaxReconnectsPerSecond), o => o.MaxReconnectsPerSecond,
            (o, v) => o with { MaxReconnectsPerSecond = v }),
    ];
}
