using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Libvirt.Diagnostics;

/// <summary>
/// The names under which the runtime tells what it does: give them to <c>AddSource</c> and <c>AddMeter</c> of OpenTelemetry, or to a listener of your own.
/// While nobody listens, nothing is measured.
/// </summary>
public static class LibvirtTelemetry
{
    /// <summary>The name of the activity source: one activity per call and per attempt to connect.</summary>
    public const string ActivitySourceName = "Libvirt";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Libvirt";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);

    internal static Meter Meter { get; } = new(MeterName);

    /// <summary>The address of a hypervisor's daemon, as OpenTelemetry writes it: a host, or the path of a socket.</summary>
    internal static string Address(LibvirtUri uri) => uri.Host ?? uri.Socket ?? "localhost";

    /// <summary>A short name for what went wrong, of which there are few.</summary>
    internal static string ErrorType(Exception error) => error is LibvirtConnectException connect ? $"Connect{connect.Reason}" : error.GetType().Name;
}
