namespace Libvirt.Testing;

/// <summary>Runs libvirt's own command-line clients, with nothing of the caller's libvirt settings.</summary>
public sealed class Virsh
{
    private readonly string _program;
    private readonly string _uri;

    private Virsh(string program, string uri) => (_program, _uri) = (program, uri);

    /// <summary>virsh on a connection URI.</summary>
    public static Virsh On(string uri) => new("virsh", uri);

    /// <summary>virt-admin on an admin socket.</summary>
    public static Virsh Admin(string socketPath) => new("virt-admin", $"libvirtd+unix:///session?socket={socketPath}");

    /// <summary>Runs one command and returns what it printed and its exit code, whatever that is.</summary>
    /// <param name="arguments">The command and its arguments; options of virsh itself may stand in front.</param>
    public Task<CommandResult> TryAsync(params string[] arguments) => Command.RunAsync(_program, Compose(arguments), environment: ClientEnvironment);

    /// <summary>Runs one command and returns what it printed.</summary>
    /// <exception cref="CommandFailedException">The command failed.</exception>
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).EnsureSuccess().Output;

    /// <summary>Runs many commands, one a line, on one connection; the first that fails does not end the others.</summary>
    public Task<CommandResult> RunScriptAsync(string lines) => Command.RunAsync(_program, Compose([]), lines, ClientEnvironment);

    /// <summary>The client's program and arguments, for a process that the caller starts.</summary>
    public IReadOnlyList<string> CommandLine(params string[] arguments) => [_program, .. Compose(arguments)];

    /// <summary>What a client's environment must not inherit.</summary>
    public static IReadOnlyDictionary<string, string?> ClientEnvironment { get; } = new Dictionary<string, string?>
    {
        ["LC_ALL"] = "C",
        ["TERM"] = "dumb",
        ["LIBVIRT_DEFAULT_URI"] = null,
        ["LIBVIRT_DEBUG"] = null,
        ["LIBVIRT_AUTH_FILE"] = null,
        ["VIRSH_DEFAULT_CONNECT_URI"] = null,
        ["XDG_CACHE_HOME"] = Scratch.NewDirectory("client-cache"),
        ["XDG_CONFIG_HOME"] = Scratch.NewDirectory("client-config"),
    };

    private string[] Compose(string[] arguments) => ["-q", "-c", _uri, .. arguments];
}
