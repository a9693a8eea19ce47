using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Input;
using Libvirt.Cli.Output;
using Libvirt.Cli.Simulating;

namespace Libvirt.Cli.Commands;

/// <summary><c>simulate</c>: serves simulated hypervisors to any client of libvirt's protocol.</summary>
internal sealed class SimulateCommand : HypervisorCommand
{
    private const int MostHosts = 100_000;

    private readonly Option<int?> _hosts = new("--hosts")
    {
        Description = "How many hosts: hv1, hv2 and so on, each with the guests web, db and spare. A script's hosts count among them. Default: those of the script, else 1.",
        HelpName = "N",
        CustomParser = ParseCount,
    };

    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = "Where clients reach them. tcp://127.0.0.1:PORT: one port for each host, counting up from PORT; 0 takes free ones. "
            + "unix:///PATH with {n} or {host} in it: one socket for each host. unix:///PATH: one socket for all, and the URI's path names the host. "
            + "May be given again. Default: tcp://127.0.0.1:0.",
        HelpName = "ADDR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _script = new("--script")
    {
        Description = "A file of JSON that defines hosts, guests, what happens to them and what goes wrong; docs/simulator.md describes it. '-' is stdin.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "A folder in which volumes are kept, HOST/POOL/VOLUME, with holes where nothing was written; they are there again the next time. "
            + "Default: in memory.",
        HelpName = "DIR",
    };

    public SimulateCommand()
        : base(
            "simulate",
            "Serve simulated hypervisors until stopped (Ctrl+C or SIGTERM, which end it with 0). Prints a connection URI for each host once it serves. "
            + "Clients are not authenticated.")
    {
        Add(_hosts);
        Add(_listen);
        Add(_script);
        Add(_storage);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        string[] listen = invocation.Get(_listen) is { Length: > 0 } given ? given : ["tcp://127.0.0.1:0"];
        string? script = invocation.Get(_script) is { } file ? await TextInput.ReadAsync(file, invocation.CancellationToken).ConfigureAwait(false) : null;

        Simulation simulation = await Simulation.StartAsync(invocation.Get(_hosts), listen, script, invocation.Get(_storage), StandardError.Text).ConfigureAwait(false);
        await using (simulation.ConfigureAwait(false))
        {
            invocation.Output.Lines(
                [.. simulation.Hosts.SelectMany(host => host.Uris, (host, uri) => new[] { Field.Of("uri", "URI", uri), ForPrograms("host", host.Host) })]);
            await ((Task)Task.Delay(Timeout.Infinite, invocation.CancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // People read the host's name in the URI.
    private static Field ForPrograms(string name, string value) => new(name, name, "", JsonValue.Create(value));

    private static int? ParseCount(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (int.TryParse(text, out int count) && count is > 0 and <= MostHosts)
            return count;
        result.AddError($"--hosts takes a number between 1 and {MostHosts}, not '{text}'.");
        return null;
    }
}
