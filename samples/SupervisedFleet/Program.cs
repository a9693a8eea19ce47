using Akka.Actor;
using Libvirt;
using SupervisedFleet;

TaskCompletionSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.TrySetResult();
};

// The runtime lives in the program's own actor system, beside the program's own actors.
using ActorSystem system = ActorSystem.Create("fleet", "akka.loglevel = ERROR");
LibvirtRuntime runtime = LibvirtRuntime.For(system);
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

IActorRef fleet = system.ActorOf(Props.Create(() => new FleetActor(hypervisors)), "fleet");
await stop.Task;

// First the actors that use the hypervisors; then the system, whose coordinated shutdown closes the hypervisors in order.
await fleet.GracefulStop(TimeSpan.FromSeconds(5));
await system.Terminate();
return 0;
