using System.Diagnostics;
using System.Diagnostics.Metrics;
using Libvirt.Protocol;

namespace Libvirt.Diagnostics;

/// <summary>What is told of calls: an activity each, their duration by outcome, and how many are under way.</summary>
internal static class CallTelemetry
{
    private static readonly Histogram<double> Duration = LibvirtTelemetry.Meter.CreateHistogram<double>(
        "rpc.client.duration", "s", "Duration of calls, the waiting for their turn and for a connection included.");

    private static readonly UpDownCounter<long> Active = LibvirtTelemetry.Meter.CreateUpDownCounter<long>(
        "rpc.client.active_calls", "{call}", "Calls under way, those that wait for their turn included.");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => LibvirtTelemetry.Source.HasListeners() || Duration.Enabled || Active.Enabled;

    /// <summary>Makes a call and tells of it while anybody listens. For calls that are not made so often that what <paramref name="call"/> captures counts.</summary>
    public static ValueTask<TRet> ObserveWhereOnAsync<TRet>(LibvirtUri uri, Procedure procedure, Func<ValueTask<TRet>> call) =>
        IsOn ? ObserveAsync(uri, procedure, call) : call();

    /// <summary>Makes a call and tells of it.</summary>
    public static async ValueTask<TRet> ObserveAsync<TRet>(LibvirtUri uri, Procedure procedure, Func<ValueTask<TRet>> call)
    {
        CallTags tags = new(uri, procedure);
        Activity? activity = Begin(tags);
        long start = Stopwatch.GetTimestamp();
        try
        {
            TRet reply = await call().ConfigureAwait(false);
            End(activity, tags, start, null);
            return reply;
        }
        catch (Exception error)
        {
            End(activity, tags, start, error);
            throw;
        }
    }

    /// <summary>Begins an activity below <paramref name="parent"/>, or below the current one when there is none, and counts an active call.</summary>
    public static Activity? Begin(CallTags tags, ActivityContext parent = default)
    {
        Activity? activity = null;
        Guarded.Run(() => activity = LibvirtTelemetry.Source.StartActivity(ActivityKind.Client, parent, tags: tags.All, name: tags.Name));
        Guarded.Run(() => Active.Add(1, tags.Place));
        return activity;
    }

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public static void End(Activity? activity, CallTags tags, long start, Exception? error)
    {
        KeyValuePair<string, object?>[] all = error is null ? tags.All : [.. tags.All, .. CallTags.Of(error)];
        Guarded.Run(() => Active.Add(-1, tags.Place));
        Guarded.Run(() => Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, all));
        if (activity is null)
            return;
        if (error is not null)
        {
            foreach ((string key, object? value) in CallTags.Of(error))
                activity.SetTag(key, value);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        Guarded.Run(activity.Stop);
    }
}
