using Actors;
using Libvirt;
using SupervisedFleet;

TaskCompletionSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.TrySetResult();
};

await using LibvirtRuntime runtime = LibvirtRuntime.Create();
Hypervisor[] hypervisors;
try
{
    hypervisors = [.. args.DefaultIfEmpty("qemu:///system").Select(uri => runtime.Add(uri))];
}
catch (LibvirtConnectException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

IActorRef<FleetMessage> fleet = runtime.System.Spawn("fleet", () => new FleetActor(hypervisors));
await stop.Task;

// First those who use the hypervisors, then the hypervisors, in order.
await runtime.System.StopAsync(fleet);
foreach (Hypervisor hypervisor in hypervisors)
    await hypervisor.DisposeAsync();
return 0;
