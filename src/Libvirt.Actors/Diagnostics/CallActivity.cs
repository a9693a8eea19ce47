using System.Diagnostics;
using Libvirt.Messages;

namespace Libvirt.Diagnostics;

/// <summary>The telemetry of one call that arrived as a message: an activity below that of its sender, its duration, and the count of active calls.</summary>
internal readonly struct CallActivity
{
    private readonly CallTags? _tags;
    private readonly Activity? _activity;
    private readonly long _start;

    private CallActivity(CallTags tags, Activity? activity)
    {
        _tags = tags;
        _activity = activity;
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>Begins to measure where anything listens.</summary>
    public static CallActivity Begin(LibvirtCall message, LibvirtUri uri)
    {
        if (!CallTelemetry.IsOn)
            return default;
        CallTags tags = new(uri, message.Procedure);
        return new CallActivity(tags, CallTelemetry.Begin(tags, message.ActivityContext));
    }

    /// <summary>The call has ended, with an error or with its reply.</summary>
    public void End(Exception? error)
    {
        if (_tags is not null)
            CallTelemetry.End(_activity, _tags, _start, error);
    }
}
