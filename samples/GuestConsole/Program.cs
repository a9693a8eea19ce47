using System.IO.Pipelines;
using Libvirt;
using Libvirt.Streams;

const byte Escape = 0x1d;    // Ctrl+]

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: GuestConsole URI DOMAIN");
    return 2;
}

try
{
    await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(args[0]);
    Domain domain = await hypervisor.LookupDomainByNameAsync(args[1]);
    await using LibvirtStream console = await domain.OpenConsoleAsync();
    Console.Error.WriteLine($"at the console of {domain.Name}; Ctrl+] leaves");

    Task ended = await Task.WhenAny(ShowAsync(console.Input), TypeAsync(console.Output));
    await ended;
    return 0;
}
catch (LibvirtException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Ends with the console: when the guest stops, or somebody else takes it.
static async Task ShowAsync(PipeReader input)
{
    await using Stream screen = Console.OpenStandardOutput();
    await input.CopyToAsync(screen);
}

// Ends with the escape key, or with what is typed. Reading a terminal blocks, so it has a thread of its own.
static Task TypeAsync(PipeWriter output) => Task.Factory.StartNew(
    () =>
    {
        using Stream keyboard = Console.OpenStandardInput();
        byte[] keys = new byte[256];
        while (keyboard.Read(keys) is > 0 and int count && !keys.AsSpan(0, count).Contains(Escape))
            output.WriteAsync(keys.AsMemory(0, count)).AsTask().GetAwaiter().GetResult();
    },
    TaskCreationOptions.LongRunning);
