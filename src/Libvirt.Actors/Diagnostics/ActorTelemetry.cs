using System.Diagnostics.Metrics;
using Actors;

namespace Libvirt.Diagnostics;

/// <summary>What is told of the actor systems that runtimes live in.</summary>
internal static class ActorTelemetry
{
    private static readonly LiveSet<IActorSystem> Systems = new();

    static ActorTelemetry()
    {
        Meter meter = LibvirtTelemetry.Meter;
        meter.CreateObservableUpDownCounter("libvirt.actors.living", () => Read(static c => c.LivingActors), "{actor}", "Actors that have not ended.");
        meter.CreateObservableCounter("libvirt.actors.messages", () => Read(static c => c.HandledMessages), "{message}", "Messages handed to actors.");
        meter.CreateObservableCounter(
            "libvirt.actors.messages.refused", () => Read(static c => c.RefusedMessages), "{message}", "Messages refused because a mailbox was full.");
        meter.CreateObservableCounter(
            "libvirt.actors.dead_letters", () => Read(static c => c.DeadLetters), "{message}", "Messages that reached no actor, refused ones included.");
        meter.CreateObservableUpDownCounter(
            "libvirt.actors.mailbox.depth", () => Look(static m => m.Waiting), "{message}", "Messages that wait in the mailboxes of actors.");
        meter.CreateObservableGauge(
            "libvirt.actors.mailbox.deepest", () => Look(static m => m.Deepest), "{message}", "Messages that wait in the fullest mailbox.");
        meter.CreateObservableCounter("libvirt.actors.failures", () => Read(static c => c.Failures), "{failure}", "Exceptions that left an actor.");
        meter.CreateObservableCounter("libvirt.actors.restarts", () => Read(static c => c.Restarts), "{restart}", "Restarts of actors.");
    }

    public static void Add(IActorSystem system) => Systems.Add(system);

    public static void Remove(IActorSystem system) => Systems.Remove(system);

    private static IEnumerable<Measurement<long>> Read(Func<ActorSystemCounters, long> counter) => Tell(system => counter(system.Counters));

    private static IEnumerable<Measurement<long>> Look(Func<MailboxReading, long> mailboxes) => Tell(system => mailboxes(system.ReadMailboxes()));

    private static IEnumerable<Measurement<long>> Tell(Func<IActorSystem, long> reading) =>
        Systems.Snapshot().Select(system => new Measurement<long>(reading(system), new KeyValuePair<string, object?>("libvirt.actors.system", system.Name)));
}
