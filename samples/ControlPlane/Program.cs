using Akka.Actor;
using ControlPlane;
using ControlPlane.Actors;
using ControlPlane.Screens;
using ControlPlane.Simulated;
using ControlPlane.Views;
using Libvirt;
using Spectre.Console;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

await using Rack? rack = options.Uris.Count == 0 ? new Rack(options.Pace) : null;
using ActorSystem system = ActorSystem.Create("fleet", "akka { loggers = [], stdout-loglevel = OFF, coordinated-shutdown.run-by-clr-shutdown-hook = off }");
LibvirtRuntime runtime = LibvirtRuntime.For(system);
IReadOnlyList<string> uris = rack?.Uris ?? options.Uris;
List<Hypervisor> hypervisors = [];
try
{
    foreach (string uri in uris)
        hypervisors.Add(runtime.Add(uri));
}
catch (LibvirtConnectException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

bool onTerminal = !options.Plain && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
IScreen? lines = onTerminal ? null : new LineScreen(system);
(string, Hypervisor)[] named = [.. hypervisors.Select((hypervisor, i) => (rack?.Hosts[i].Name ?? uris[i], hypervisor))];
IActorRef controlPlane = system.ActorOf(Props.Create(() => new ControlPlaneActor(named)), "control-plane");
IScreen screen = lines ?? new TableScreen(controlPlane);

Task course = rack is not null
    ? new Story(rack, hypervisors, system, controlPlane, options.Pace, stop.Token).RunAsync()
    : Task.Delay(options.For ?? Timeout.InfiniteTimeSpan, stop.Token);
if (options.Picture is { } file)
    _ = TakePictureAsync(file);

await screen.RunAsync(course);
int code = 0;
try
{
    await course;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
}
catch (LibvirtException failure)
{
    Console.Error.WriteLine(failure.Message);
    code = 1;
}

// The system's coordinated shutdown closes the hypervisors in order, after the actors that use them have stopped.
BoardView board = await controlPlane.Ask<BoardView>(GetBoard.Instance);
await controlPlane.GracefulStop(TimeSpan.FromSeconds(5));
await system.Terminate();
Console.WriteLine(
    $"{Counted(board.Hosts.Sum(host => host.Guests.Count), "guest")} on {Counted(board.Hosts.Count, "hypervisor")}, {Counted(board.Events, "event")}, "
    + $"{Counted(board.Reconnects, "connection")} lost and found again.");
return code;

static string Counted(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

async Task TakePictureAsync(string picture)
{
    await Task.Delay(TimeSpan.FromSeconds(15.5) / options.Pace);
    BoardView shown = await controlPlane.Ask<BoardView>(GetBoard.Instance);
    await File.WriteAllTextAsync(picture, SvgPicture.Of(new BoardDrawing(shown, 150, 36).Draw(), 150));
}
