using Akka.Actor;
using ControlPlane.Views;
using Libvirt;

namespace ControlPlane.Actors;

/// <summary>
/// <c>/user/control-plane</c>: the guardian of the hosts. Assembles what they report, and what is published as happening, into one view, which screens ask for.
/// </summary>
internal sealed class ControlPlaneActor : ReceiveActor
{
    private const int MostConsoleText = 4000;

    private readonly IReadOnlyList<(string Name, Hypervisor Hypervisor)> _hypervisors;
    private BoardView _board = new();
    private string _consoleLine = "";

    public ControlPlaneActor(IReadOnlyList<(string Name, Hypervisor Hypervisor)> hypervisors)
    {
        _hypervisors = hypervisors;
        Receive<HostView>(host => _board = _board.With(host));
        Receive<Happening>(happening => _board = _board.With(happening));
        Receive<TransferView>(transfer => _board = _board with { Transfer = transfer });
        Receive<ConsoleShown>(ShowConsole);
        Receive<GetBoard>(_ => Sender.Tell(_board));
    }

    // A host that fails is restarted, with all its guests; the others are not affected. One that fails again and again is given up.
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 5, withinTimeRange: TimeSpan.FromMinutes(1), localOnlyDecider: _ => Directive.Restart);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(Happening));
        foreach ((string name, Hypervisor hypervisor) in _hypervisors)
        {
            Self.Tell(new HostView(name));
            Context.ActorOf(Props.Create(() => new HostActor(name, hypervisor)), Uri.EscapeDataString(name));
        }
    }

    private void ShowConsole(ConsoleShown shown)
    {
        string text = string.Concat(shown.Text.Where(c => c is '\n' or >= ' '));
        string all = _board.ConsoleText + text;
        _board = _board with { ConsoleOf = shown.Guest, ConsoleText = all[^Math.Min(all.Length, MostConsoleText)..] };
        string[] lines = (_consoleLine + text).Split('\n');
        foreach (string line in lines[..^1].Where(line => line.Length > 0))
            Context.System.EventStream.Publish(Happening.Now(HappeningKind.Console, shown.Guest, line));
        _consoleLine = lines[^1];
    }
}
