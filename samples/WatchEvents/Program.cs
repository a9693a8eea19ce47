using Libvirt;
using Libvirt.Events;

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(args.FirstOrDefault() ?? "qemu:///system", cancellationToken: stop.Token);
    await using EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(
        DomainEvents.Lifecycle, new EventSubscriptionOptions { Synthesise = true }, stop.Token);
    Console.WriteLine($"watching {hypervisor}");

    await foreach (EventNotice<DomainLifecycleEvent> notice in events.WithCancellation(stop.Token))
    {
        if (notice.Gap is { } gap)
            Console.WriteLine($"nothing was heard from {gap.From:T} to {gap.To:T}");
        else if (notice.Event is { } happened)
            Console.WriteLine($"{happened.Domain.Name}: {happened.Event}{(notice.IsSynthesised ? ", while nobody listened" : "")}");
        else
            Console.WriteLine($"{notice.Dropped} events came faster than they were read");
    }
}
catch (OperationCanceledException)
{
    Console.WriteLine("done");
}
catch (LibvirtException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

return 0;
