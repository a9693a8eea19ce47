using System.Diagnostics.Metrics;

namespace Libvirt.Diagnostics;

/// <summary>The metrics of the runtimes' actors. They are read from the actor trees when a listener asks for them.</summary>
internal static class ActorTelemetry
{
    private static readonly LiveSet<LibvirtRuntime> Runtimes = new();
    private static long s_failures;

    static ActorTelemetry()
    {
        Meter meter = LibvirtTelemetry.Meter;
        meter.CreateObservableUpDownCounter("libvirt.actors.living", () => Read(static waiting => waiting.LongCount()), "{actor}", "Actors that have not stopped.");
        meter.CreateObservableUpDownCounter(
            "libvirt.actors.mailbox.depth", () => Read(static waiting => waiting.Sum(static one => (long)one)), "{message}", "Messages that wait in the mailboxes of actors.");
        meter.CreateObservableGauge(
            "libvirt.actors.mailbox.deepest", () => Read(static waiting => waiting.DefaultIfEmpty().Max()), "{message}", "Messages that wait in the fullest mailbox.");
        meter.CreateObservableCounter("libvirt.actors.failures", static () => Interlocked.Read(ref s_failures), "{failure}", "Actors that were stopped because they failed.");
    }

    public static void Add(LibvirtRuntime runtime) => Runtimes.Add(runtime);

    public static void Remove(LibvirtRuntime runtime) => Runtimes.Remove(runtime);

    /// <summary>An actor has failed.</summary>
    public static void Failed() => Interlocked.Increment(ref s_failures);

    private static IEnumerable<Measurement<long>> Read(Func<IEnumerable<int>, long> measure) =>
        Runtimes.Snapshot().Select(runtime => new Measurement<long>(
            measure(ActorTree.Below(runtime.Guardian).Select(static actor => actor.Underlying.NumberOfMessages)),
            new KeyValuePair<string, object?>("libvirt.actors.system", runtime.System.Name)));
}
