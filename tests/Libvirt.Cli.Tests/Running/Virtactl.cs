using System.Diagnostics;
using System.Text.Json.Nodes;
using Libvirt.Testing;

namespace Libvirt.Cli.Tests;

/// <summary>Runs the built <c>virtactl</c> as a process of its own, as its users do.</summary>
internal sealed class Virtactl
{
    private readonly string[] _options;
    private readonly int? _userId;

    private Virtactl(string[] options, int? userId = null) => (_options, _userId) = (options, userId);

    /// <summary>The program's path, beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "virtactl");

    /// <summary>
    /// How to start it as a shell does in the foreground, or, where it <paramref name="ignoresInterrupts"/>, in the background: programs inherit whether SIGINT
    /// is ignored, and the tests themselves may have been started either way.
    /// </summary>
    public static ProcessStartInfo Start(IEnumerable<string> arguments, bool ignoresInterrupts = false) =>
        new("env", [$"--{(ignoresInterrupts ? "ignore" : "default")}-signal=INT,QUIT", Program, .. arguments]);

    /// <summary>virtactl on a connection URI.</summary>
    public static Virtactl On(string uri) => new(["-c", uri]);

    /// <summary>The same as another user of this machine. Needs root.</summary>
    public Virtactl As(int userId) => new(_options, userId);

    /// <summary>Runs it with these words alone.</summary>
    public static Task<CommandResult> RunBareAsync(params string[] arguments) => new Virtactl([]).TryAsync(arguments);

    /// <summary>Runs one command and returns what it left behind, whatever that is.</summary>
    public Task<CommandResult> TryAsync(params string[] arguments) => TryWithInputAsync("", arguments);

    /// <inheritdoc cref="TryAsync"/>
    public Task<CommandResult> TryWithInputAsync(string input, params string[] arguments) =>
        _userId is { } userId
            ? Command.RunAsync("setpriv", [.. AsUser(userId), Program, .. _options, .. arguments], input, Virsh.ClientEnvironment)
            : Command.RunAsync(Program, [.. _options, .. arguments], input, Virsh.ClientEnvironment);

    /// <summary>Runs one command that must succeed and returns what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).EnsureSuccess().Output;

    /// <summary>Runs one command that must succeed and returns the JSON that it printed.</summary>
    public async Task<JsonNode?> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]));

    // All that is left of root is that the program's files can be read wherever they lie.
    private static string[] AsUser(int userId) =>
        [$"--reuid={userId}", $"--regid={userId}", "--clear-groups", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
}
