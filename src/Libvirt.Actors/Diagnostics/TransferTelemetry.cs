using System.Diagnostics;

namespace Libvirt.Diagnostics;

/// <summary>What is told of a transfer of a volume, from its first byte to its last: an activity, over as many connections as it takes.</summary>
internal static class TransferTelemetry
{
    /// <summary>Makes a transfer and tells of it while anybody listens.</summary>
    /// <param name="uri">The hypervisor.</param>
    /// <param name="name">The activity's name.</param>
    /// <param name="transfer">The transfer; it gives how many bytes of the volume it moved.</param>
    public static ValueTask<long> ObserveWhereOnAsync(LibvirtUri uri, string name, Func<ValueTask<long>> transfer) =>
        LibvirtTelemetry.Source.HasListeners() ? ObserveAsync(uri, name, transfer) : transfer();

    /// <summary>Begins the activity of a transfer that is not one asynchronous method; null without a listener. Ended by <see cref="End"/>.</summary>
    /// <param name="uri">The hypervisor.</param>
    /// <param name="name">The activity's name.</param>
    /// <param name="parent">The parent activity: that of the code that requested the transfer.</param>
    public static Activity? Begin(LibvirtUri uri, string name, ActivityContext parent)
    {
        Activity? activity = null;
        if (LibvirtTelemetry.Source.HasListeners())
            Guarded.Run(() => activity = LibvirtTelemetry.Source.StartActivity(name, ActivityKind.Client, parent, Tags(uri)));
        return activity;
    }

    /// <summary>Ends the activity of a transfer.</summary>
    /// <param name="activity">The activity; null without a listener.</param>
    /// <param name="bytes">How many bytes of the volume were moved.</param>
    /// <param name="error">What went wrong; null when nothing did.</param>
    public static void End(Activity? activity, long bytes, Exception? error)
    {
        if (activity is null)
            return;
        activity.SetTag("libvirt.transfer.size", bytes);
        if (error is not null)
            activity.SetTag("error.type", LibvirtTelemetry.ErrorType(error)).SetStatus(ActivityStatusCode.Error);
        Guarded.Run(activity.Stop);
    }

    private static async ValueTask<long> ObserveAsync(LibvirtUri uri, string name, Func<ValueTask<long>> transfer)
    {
        Activity? activity = Begin(uri, name);
        try
        {
            long bytes = await transfer().ConfigureAwait(false);
            activity?.SetTag("libvirt.transfer.size", bytes);
            return bytes;
        }
        catch (Exception error)
        {
            activity?.SetTag("error.type", LibvirtTelemetry.ErrorType(error)).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            if (activity is not null)
                Guarded.Run(activity.Stop);
        }
    }

    private static Activity? Begin(LibvirtUri uri, string name)
    {
        Activity? activity = null;
        Guarded.Run(() => activity = LibvirtTelemetry.Source.StartActivity(
            ActivityKind.Client, tags: Tags(uri), name: name));
        return activity;
    }

    private static KeyValuePair<string, object?>[] Tags(LibvirtUri uri) => [new("rpc.system", "libvirt"), new("server.address", LibvirtTelemetry.Address(uri))];
}
