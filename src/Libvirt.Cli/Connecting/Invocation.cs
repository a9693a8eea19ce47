using System.CommandLine;
using Libvirt.Cli.Diagnostics;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Connecting;

/// <summary>What a running command works with: its arguments, its output, its connection. Ends the connection when disposed.</summary>
internal sealed class Invocation : IAsyncDisposable
{
    private readonly ParseResult _arguments;
    private readonly GlobalOptions _options;
    private Session? _session;
    private AdminSession? _admin;

    public Invocation(ParseResult arguments, CancellationToken cancellationToken)
    {
        _arguments = arguments;
        _options = GlobalOptions.Of(arguments);
        CancellationToken = cancellationToken;
        Output = ResultWriter.For(arguments.GetValue(_options.Output), arguments.GetValue(_options.Quiet));
    }

    /// <summary>Cancelled when the user interrupts.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Where the result goes.</summary>
    public ResultWriter Output { get; }

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => _arguments.GetValue(argument);

    /// <summary>Whether an option was given, with or without a value.</summary>
    public bool Has(Option option) => _arguments.GetResult(option) is { Implicit: false };

    /// <summary>How the user wants to read the result.</summary>
    public OutputFormat Format => Get(_options.Output);

    /// <summary>Whether the user wants to read nothing but results.</summary>
    public bool IsQuiet => Get(_options.Quiet);

    /// <summary>The user's limit for connecting and for each call or wait; null when there is none.</summary>
    public TimeSpan? Timeout => Get(_options.Timeout);

    /// <summary>Connects as the global options say.</summary>
    /// <param name="reconnect">Whether a lost connection is made again.</param>
    /// <param name="passesFiles">Whether calls pass open files.</param>
    public async ValueTask<Hypervisor> ConnectAsync(bool reconnect = false, bool passesFiles = false)
    {
        _session = await Session.OpenAsync(
            Get(_options.Connect) ?? DefaultUri.Get(), Get(_options.ReadOnly), Timeout, Log, reconnect, passesFiles, CancellationToken)
            .ConfigureAwait(false);
        return _session.Hypervisor;
    }

    /// <summary>Connects to a daemon's own administration; <c>--connect</c> names the daemon.</summary>
    public async ValueTask<AdminConnection> ConnectAdminAsync()
    {
        _admin = await AdminSession.OpenAsync(
            Get(_options.Connect) ?? AdminSession.DefaultUri, Timeout, Log, CancellationToken).ConfigureAwait(false);
        return _admin.Connection;
    }

    /// <summary>Lets the connection go without an orderly close.</summary>
    public void Abandon() => _session?.Abandon();

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync().ConfigureAwait(false);
        if (_admin is not null)
            await _admin.DisposeAsync().ConfigureAwait(false);
    }

    private LogChoice Log => new(Get(_options.LogLevel) ?? (Get(_options.Verbose) ? LogThreshold.Debug : null), Get(_options.LogConfig));
}
