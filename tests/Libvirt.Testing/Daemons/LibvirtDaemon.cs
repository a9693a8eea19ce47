using System.Diagnostics;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// A private libvirtd, or one of the modular daemons: without privileges, with its own directories and sockets, gone with all its guests when disposed
/// or when this process ends. Any number of them run side by side. It serves <c>test:///default</c> and
/// <c>qemu:///session</c>.
/// </summary>
public sealed partial class LibvirtDaemon : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Reaper _reaper;
    private readonly LibvirtDaemonOptions _options;
    private readonly List<RecordingProxy> _proxies = [];
    private Process? _process;

    private LibvirtDaemon(Reaper reaper, LibvirtDaemonOptions options) => (_reaper, _options) = (reaper, options);

    /// <summary>The daemon's directory; removed with it, or with the one that it was started beside.</summary>
    public string Directory => _reaper.Directory;

    /// <summary>The unix socket for calls.</summary>
    public string SocketPath => Path.Combine(SocketDirectory, $"{SocketPrefix}-sock");

    /// <summary>
    /// The unix socket of the admin program. The daemon takes only its own user there: where the tests run as root, go
    /// through <see cref="OpenAdminProxy"/>.
    /// </summary>
    public string AdminSocketPath => Path.Combine(SocketDirectory, $"{SocketPrefix}-admin-sock");

    /// <summary>The loopback port, or 0 where TCP was not asked for.</summary>
    public int TcpPort { get; private set; }

    /// <summary>
    /// The URI of the test driver's default node, over the unix socket. All its connections share one state, which lasts as
    /// long as any of them is open.
    /// </summary>
    public string TestUri => $"test+unix:///default?socket={SocketPath}";

    /// <summary>The URI of the QEMU driver, over the unix socket.</summary>
    public string SessionUri => $"qemu+unix:///session?socket={SocketPath}";

    /// <summary>The URI of the storage driver alone, over the unix socket.</summary>
    public string StorageUri => $"storage+unix:///session?socket={SocketPath}";

    /// <summary>The URI of the test driver's default node, over TCP.</summary>
    public string TestTcpUri => $"test+tcp://127.0.0.1:{TcpPort}/default";

    /// <summary>The daemon's process id.</summary>
    public int ProcessId => (_process ?? throw NotRunning()).Id;

    /// <summary>Everything the daemon logged, its restarts included.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    /// <summary>Starts a daemon and waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the text holds its log.</exception>
    public static async Task<LibvirtDaemon> StartAsync(LibvirtDaemonOptions? options = null, CancellationToken cancellationToken = default)
    {
        LibvirtDaemon daemon = new(options?.Beside?._reaper ?? Reaper.Create(), options ?? new LibvirtDaemonOptions());
        try
        {
            await daemon.PrepareAsync();
            await daemon.LaunchAsync(cancellationToken);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the daemon at once (SIGKILL), as a crash would. Its guests stay, as they do in a crash.</summary>
    public async Task KillAsync()
    {
        Process process = _process ?? throw NotRunning();
        Posix.Signal(process.Id, Posix.SignalKill);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Waits until the daemon has ended by itself.</summary>
    public Task EndedAsync() => (_process ?? throw NotRunning()).WaitForExitAsync();

    /// <summary>Freezes the daemon (SIGSTOP): its sockets stay open and nobody answers.</summary>
    public void Freeze() => Posix.Signal(ProcessId, Posix.SignalStop);

    /// <summary>Lets a frozen daemon go on (SIGCONT).</summary>
    public void Thaw() => Posix.Signal(ProcessId, Posix.SignalContinue);

    /// <summary>Ends the daemon as <see cref="KillAsync"/> does and starts it again with the same sockets and guests.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            await KillAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Ends the daemon, its guests and its proxies, and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (RecordingProxy proxy in _proxies)
            await proxy.DisposeAsync();
        if (_options.Beside is null)
            await _reaper.DisposeAsync();
        else if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>What clients of the daemon's own user take for <c>XDG_RUNTIME_DIR</c>.</summary>
    public string RuntimeDirectory => Path.Combine(Directory, "run");

    private string SocketDirectory => Path.Combine(RuntimeDirectory, "libvirt");

    // The proxy stands where clients that know of libvirtd alone look for it.
    private string SocketPrefix => _options.Program is "libvirtd" or "virtproxyd" ? "libvirt" : _options.Program;

    private string LogPath => Path.Combine(Directory, $"{_options.Program}.log");

    private string ConfigurationPath => Path.Combine(Directory, $"{_options.Program}.conf");

    private InvalidOperationException NotRunning() => new($"the daemon in {Directory} is not running");

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (_options.ListenTcp && TcpPort == 0)
                TcpPort = Ports.Free();
            await File.WriteAllTextAsync(ConfigurationPath, DaemonConfiguration.Render(_options, TcpPort), cancellationToken);
            _process = StartProcess();
            await Eventually.IsTrueAsync(() => _process.HasExited || Answers(), StartLimit, () => $"The daemon's log:\n{Log}", cancellationToken);
            if (!_process.HasExited)
                return;
            string failure = $"{_options.Program} ended with {_process.ExitCode} while it started. Its log:\n{Log}";
            _process.Dispose();
            _process = null;
            // Somebody may take the port between its choice and its use; then another one will do.
            if (attempt == StartAttempts || !_options.ListenTcp)
                throw new InvalidOperationException(failure);
            TcpPort = 0;
        }
    }

    /// <summary>
    /// Whether it answers the first question of a client. It opens its sockets one after the other, those for TCP, TLS and administration among them,
    /// and answers on none before all of them are open.
    /// </summary>
    private bool Answers()
    {
        // REMOTE_PROC_AUTH_LIST: the length, the program, its version, the procedure, a call, its serial, no error.
        byte[] question = [0, 0, 0, 28, 0x20, 0, 0x80, 0x86, 0, 0, 0, 1, 0, 0, 0, 66, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 1000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            socket.Send(question);
            return socket.Receive(question) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
