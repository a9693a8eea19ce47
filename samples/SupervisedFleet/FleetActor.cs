using Actors;
using Libvirt;

namespace SupervisedFleet;

/// <summary>The parent of all hosts.</summary>
internal sealed class FleetActor(IReadOnlyList<Hypervisor> hypervisors) : Actor<FleetMessage>
{
    // Whatever fails is tried again after a pause that grows.
    public static ActorOptions Patient { get; } = new() { Supervision = new SupervisionPolicy { Backoff = new BackoffPolicy() } };

    protected override ValueTask OnStartAsync()
    {
        for (int i = 0; i < hypervisors.Count; i++)
        {
            Hypervisor hypervisor = hypervisors[i];
            Context.Spawn($"host-{i + 1}", () => new HostActor(hypervisor, Context.Self), Patient);
        }

        return default;
    }

    protected override ValueTask OnMessageAsync(FleetMessage message)
    {
        Console.WriteLine(message.Report);
        return default;
    }
}
