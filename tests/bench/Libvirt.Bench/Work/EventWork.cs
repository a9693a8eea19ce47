using Akka.Actor;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Scripting;
using Libvirt.Events;

namespace Libvirt.Bench.Work;

/// <summary>
/// Events through the hub. A call fetches the next burst from a scripted peer, two bursts ahead of the slowest subscriber, so that nothing overflows however
/// the machine is loaded and the hub never idles for want of events.
/// </summary>
internal static class EventWork
{
    private const int BurstsAhead = 2;

    /// <param name="socket">The peer's.</param>
    /// <param name="kind">"all": each subscriber gets every event. "domain": each gets those of one domain. "actor": each is an actor that gets every event.</param>
    /// <param name="subscribers">How many; for "domain" as many as there are domains.</param>
    /// <param name="warmup">How long it runs before.</param>
    /// <param name="length">How long it is measured.</param>
    public static async Task<Sample> RunAsync(string socket, string kind, int subscribers, TimeSpan warmup, TimeSpan length)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync($"test+unix:///default?socket={socket}");
        int share = kind == "domain" ? Scripts.Burst / subscribers : Scripts.Burst;
        Delivered delivered = new(subscribers, share, BurstsAhead);
        List<Task> reading = [];
        for (int i = 0; i < subscribers; i++)
        {
            if (kind == "actor")
                await SubscribeActorAsync(runtime, hypervisor, delivered.Subscriber(), i);
            else
                reading.Add(await SubscribeAsync(hypervisor, delivered.Subscriber(), kind == "domain" ? Scripts.Domain(i).Uuid : null));
        }

        Phase phase = new();
        Task fetching = Task.Run(() => FetchAsync(hypervisor, delivered, phase));
        await WarmUp.WaitAsync(warmup, [fetching, .. reading]);
        (long count, long dropped) before = delivered.Read();
        Meter meter = new();
        await Task.WhenAny([Task.Delay(length), fetching, .. reading]);
        Sample sample = meter.Read();
        (long count, long dropped) after = delivered.Read();
        phase.IsOver = true;
        await fetching;
        await hypervisor.DisposeAsync();
        await Task.WhenAll(reading);
        return sample with { Count = after.count - before.count, Dropped = after.dropped - before.dropped };
    }

    private static async Task FetchAsync(Hypervisor hypervisor, Delivered delivered, Phase phase)
    {
        while (!phase.IsOver)
        {
            await delivered.WaitForRoomAsync();
            await hypervisor.GetLibVersionAsync();
        }
    }

    private static async Task<Task> SubscribeAsync(Hypervisor hypervisor, SubscriberCount count, Guid? domain)
    {
        EventSubscriptionOptions options = new() { Domain = domain, QueueCapacity = (BurstsAhead + 1) * Scripts.Burst };
        EventSubscription<DomainLifecycleEvent> subscription = await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, options);
        return Task.Run(async () =>
        {
            await foreach (EventNotice<DomainLifecycleEvent> notice in subscription)
                count.Add(notice.Event is null ? 0 : 1, notice.Dropped);
        });
    }

    private static async Task SubscribeActorAsync(LibvirtRuntime runtime, Hypervisor hypervisor, SubscriberCount count, int number)
    {
        IActorRef actor = runtime.System.ActorOf(Props.Create(() => new CountingActor(count)), $"subscriber-{number}");
        EventSubscriptionOptions options = new() { QueueCapacity = (BurstsAhead + 1) * Scripts.Burst };
        await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, actor, options: options);
    }

    private sealed class CountingActor : ReceiveActor
    {
        public CountingActor(SubscriberCount count) =>
            Receive<EventNotice<DomainLifecycleEvent>>(notice => count.Add(notice.Event is null ? 0 : 1, notice.Dropped));
    }
}
