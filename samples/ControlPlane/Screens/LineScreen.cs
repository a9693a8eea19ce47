using System.Threading.Channels;
using ControlPlane.Views;

namespace ControlPlane.Screens;

/// <summary>One line for each happening, without colours: for pipes, files and logs.</summary>
internal sealed class LineScreen : IScreen
{
    private readonly Channel<Happening> _happenings = Channel.CreateUnbounded<Happening>(new UnboundedChannelOptions { SingleReader = true });

    public LineScreen(Board board) => board.Told = happening => _happenings.Writer.TryWrite(happening);

    public async Task RunAsync(Task until)
    {
        _ = until.ContinueWith(_ => _happenings.Writer.Complete(), TaskScheduler.Default);
        await foreach (Happening happening in _happenings.Reader.ReadAllAsync())
            Console.WriteLine($"{happening.Time:HH:mm:ss.f} {happening.Kind,-10} {happening.Subject,-14} {happening.Text}");
    }
}
