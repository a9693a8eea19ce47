using Akka.Actor;
using ControlPlane.Views;

namespace ControlPlane.Screens;

/// <summary>One line for each happening, without colours: for pipes, files and logs.</summary>
internal sealed class LineScreen(ActorSystem system) : IScreen
{
    private readonly IActorRef _printer = Start(system);

    public async Task RunAsync(Task until)
    {
        await until.ContinueWith(_ => { }, TaskScheduler.Default);
        // Stops it behind the happenings that it has not printed yet.
        await _printer.GracefulStop(TimeSpan.FromSeconds(5));
    }

    private static IActorRef Start(ActorSystem system)
    {
        IActorRef printer = system.ActorOf(Props.Create(() => new Printer()), "lines");
        system.EventStream.Subscribe(printer, typeof(Happening));
        return printer;
    }

    private sealed class Printer : ReceiveActor
    {
        public Printer() => Receive<Happening>(happening =>
            Console.WriteLine($"{happening.Time:HH:mm:ss.f} {happening.Kind,-10} {happening.Subject,-14} {happening.Text}"));
    }
}
