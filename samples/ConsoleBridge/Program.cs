using System.Globalization;
using Akka;
using Akka.IO;
using Akka.Streams;
using Akka.Streams.Dsl;
using Libvirt;
using Libvirt.Streams;
using Tcp = Akka.Streams.Dsl.Tcp;

if (args.Length != 3 || !int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out int port))
{
    Console.Error.WriteLine("usage: ConsoleBridge URI DOMAIN PORT");
    return 2;
}

TaskCompletionSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.TrySetResult();
};

await using LibvirtRuntime runtime = LibvirtRuntime.Create("bridge");
try
{
    await using Hypervisor hypervisor = await runtime.ConnectAsync(args[0]);
    Domain domain = await hypervisor.LookupDomainByNameAsync(args[1]);
    IMaterializer materializer = runtime.System.Materializer();

    Tcp.ServerBinding binding = await runtime.System.TcpStream().Bind("127.0.0.1", port)
        .To(Sink.ForEach<Tcp.IncomingConnection>(terminal => _ = WatchAsync(terminal.HandleWith(BridgeTo(domain), materializer))))
        .Run(materializer);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the console of {domain.Name} is at {binding.LocalAddress}"));
    await stop.Task;
    await binding.Unbind();
    return 0;
}
catch (LibvirtException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Each terminal attaches to the console once. The end of what is typed does not end a console, so a terminal that leaves aborts it.
static Flow<ByteString, ByteString, ConsoleControl> BridgeTo(Domain domain) =>
    Flow.Create<ByteString>()
        .WatchTermination((_, left) => left)
        .Select(typed => (ReadOnlyMemory<byte>)typed.ToArray())
        .ViaMaterialized(domain.ConsoleFlow(), (left, console) =>
        {
            _ = AbortAfterAsync(left, console);
            return console;
        })
        .Select(shown => ByteString.FromBytes(shown.ToArray()));

static async Task AbortAfterAsync(Task<Done> left, ConsoleControl console)
{
    await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    console.Abort();
}

static async Task WatchAsync(ConsoleControl console)
{
    try
    {
        await console.Opened;
        Console.WriteLine("a terminal is attached");
        await console.Completion;
        Console.WriteLine("the guest has closed the console");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("a terminal has left");
    }
    catch (Exception error)
    {
        Console.Error.WriteLine(error.Message);
    }
}
