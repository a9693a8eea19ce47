using Libvirt.Testing;

namespace Libvirt.Bench.Peers;

/// <summary>Who is measured: ourselves and, built on the spot from the sources beside this project, the peers.</summary>
/// <param name="Raw">The replayer of encoded calls, which no client can beat.</param>
/// <param name="C">libvirt's client library.</param>
/// <param name="Go">go-libvirt.</param>
/// <param name="Own">This project.</param>
internal sealed record Contenders(Contender Raw, Contender C, Contender Go, Contender Own)
{
    /// <summary>The Debian packages with which the peers are built, beyond those of the tests.</summary>
    private static readonly string[] Packages = ["gcc", "libc6-dev", "pkg-config", "libvirt-dev", "golang-go", "golang-github-digitalocean-go-libvirt-dev"];

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    /// <summary>All of them, in the order of the tables.</summary>
    public IReadOnlyList<Contender> All => [Raw, C, Go, Own];

    /// <summary>This program as the one that is measured.</summary>
    public static Contender Self { get; } = new("Libvirt.Actors", Environment.ProcessPath!, "work");

    /// <summary>The same where the callers are actors, whose calls are messages with a child actor each. Only calls are measured this way.</summary>
    public static Contender Actors { get; } = new("Libvirt.Actors, by message", Environment.ProcessPath!, "work", "actors");

    /// <summary>The same where transfers are graphs of Akka.Streams. Only transfers are measured this way.</summary>
    public static Contender Graphs { get; } = new("Libvirt.Actors, Akka.Streams", Environment.ProcessPath!, "work", "graph");

    /// <summary>Installs what is missing, and builds the peers.</summary>
    public static async Task<Contenders> BuildAsync()
    {
        await RunAsync(RepositoryRoot.Combine("eng", "install-debian-packages.sh"), Packages);
        string sources = RepositoryRoot.Combine("tests", "bench", "peers");
        string raw = Scratch.NewPath("raw");
        string c = Scratch.NewPath("c-client");
        string go = Scratch.NewPath("go-client");
        string libraries = await RunAsync("pkg-config", ["--cflags", "--libs", "libvirt"]);
        await RunAsync("cc", ["-O2", "-o", raw, Path.Combine(sources, "raw.c")]);
        await RunAsync("cc", ["-O2", "-o", c, Path.Combine(sources, "client.c"), Path.Combine(sources, "fleet.c"), .. libraries.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), "-lpthread"]);
        await RunAsync("go", ["build", "-o", go, Path.Combine(sources, "client.go"), Path.Combine(sources, "fleet.go")], new Dictionary<string, string?>
        {
            // Debian's package holds the source; nothing is fetched.
            ["GO111MODULE"] = "off",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOFLAGS"] = null,
            ["GOCACHE"] = Scratch.NewDirectory("go"),
        });
        return new Contenders(new("raw replayer", raw), new("libvirt C client", c), new("go-libvirt", go), Self);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        (await Command.RunAsync(program, arguments, environment: environment, limit: BuildLimit)).EnsureSuccess().Output;
}
