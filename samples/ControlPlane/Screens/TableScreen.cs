using ControlPlane.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ControlPlane.Screens;

/// <summary>The view on a terminal, drawn anew ten times a second.</summary>
internal sealed class TableScreen(Board board) : IScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public Task RunAsync(Task until) => AnsiConsole.Live(Draw()).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        while (!until.IsCompleted)
        {
            live.UpdateTarget(Draw());
            await Task.WhenAny(until, Task.Delay(Interval));
        }

        live.UpdateTarget(Draw());
    });

    private IRenderable Draw() => new BoardDrawing(board, AnsiConsole.Profile.Width, AnsiConsole.Profile.Height).Draw();
}
