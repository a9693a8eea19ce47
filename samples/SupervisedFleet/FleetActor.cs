using Akka.Actor;
using Akka.Pattern;
using Akka.Streams;
using Akka.Streams.Dsl;
using Libvirt;

namespace SupervisedFleet;

/// <summary>The parent of all hosts. Prints what they report, and the state of their connections.</summary>
internal sealed class FleetActor : ReceiveActor
{
    private readonly IReadOnlyList<Hypervisor> _hypervisors;

    public FleetActor(IReadOnlyList<Hypervisor> hypervisors)
    {
        _hypervisors = hypervisors;
        Receive<Report>(report => Console.WriteLine(report.Text));
    }

    /// <summary>An actor that is created again when it fails, after pauses that grow from 0.2 to 30 seconds.</summary>
    public static Props WithBackoff(Props actor, string name) => BackoffSupervisor.Props(Backoff.OnFailure(
        actor, name, minBackoff: TimeSpan.FromMilliseconds(200), maxBackoff: TimeSpan.FromSeconds(30), randomFactor: 0.2, maxNrOfRetries: -1));

    protected override void PreStart()
    {
        IActorRef fleet = Self;
        ActorMaterializer materializer = Context.Materializer();
        for (int i = 0; i < _hypervisors.Count; i++)
        {
            Hypervisor hypervisor = _hypervisors[i];
            Source.From(() => hypervisor.StateChanges)
                .RunForeach(state => fleet.Tell(new Report($"{hypervisor}: {state}")), materializer);
            Context.ActorOf(WithBackoff(Props.Create(() => new HostActor(hypervisor, fleet)), "host"), $"host-{i + 1}");
        }
    }
}
