using Akka.Actor;
using ControlPlane.Actors;
using ControlPlane.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ControlPlane.Screens;

/// <summary>The view on a terminal: asks the control plane for it and draws it, ten times a second.</summary>
internal sealed class TableScreen(IActorRef controlPlane) : IScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(Task until) => await AnsiConsole.Live(await DrawAsync()).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        while (!until.IsCompleted)
        {
            live.UpdateTarget(await DrawAsync());
            await Task.WhenAny(until, Task.Delay(Interval));
        }

        live.UpdateTarget(await DrawAsync());
    });

    private async Task<IRenderable> DrawAsync() =>
        new BoardDrawing(await controlPlane.Ask<BoardView>(GetBoard.Instance), AnsiConsole.Profile.Width, AnsiConsole.Profile.Height).Draw();
}
