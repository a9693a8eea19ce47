using ControlPlane;
using ControlPlane.Screens;
using ControlPlane.Simulated;
using ControlPlane.Views;
using ControlPlane.Watching;
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
await using LibvirtRuntime runtime = LibvirtRuntime.Create();
Board board = new();
bool onTerminal = !options.Plain && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
IScreen screen = onTerminal ? new TableScreen(board) : new LineScreen(board);

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

Task[] watchers = [.. hypervisors.Select((hypervisor, i) => new HostWatcher(hypervisor, board.AddHost(rack?.Hosts[i].Name ?? uris[i]), board).RunAsync(stop.Token))];
Task course = rack is not null
    ? new Story(rack, hypervisors, board, options.Pace, stop.Token).RunAsync()
    : Task.Delay(options.For ?? Timeout.InfiniteTimeSpan, stop.Token);
if (options.Picture is { } file)
    _ = TakePictureAsync(file);

// A watcher ends only by failing.
Task ended = Task.WhenAny([course, .. watchers]).Unwrap();
await screen.RunAsync(ended);
int code = 0;
try
{
    await ended;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
}
catch (LibvirtException failure)
{
    Console.Error.WriteLine(failure.Message);
    code = 1;
}

await stop.CancelAsync();
foreach (Hypervisor hypervisor in hypervisors)
    await hypervisor.DisposeAsync();
Console.WriteLine(
    $"{Counted(board.Hosts.Sum(host => host.Guests.Count), "guest")} on {Counted(board.Hosts.Count, "hypervisor")}, {Counted(board.Events, "event")}, "
    + $"{Counted(board.Reconnects, "connection")} lost and found again.");
return code;

static string Counted(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

async Task TakePictureAsync(string picture)
{
    await Task.Delay(TimeSpan.FromSeconds(15.5) / options.Pace);
    await File.WriteAllTextAsync(picture, SvgPicture.Of(new BoardDrawing(board, 150, 36).Draw(), 150));
}
