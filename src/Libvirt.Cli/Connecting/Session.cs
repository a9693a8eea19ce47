using System.Net.Sockets;
using Actors;
using Libvirt.Cli.Diagnostics;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Terminals;
using Microsoft.Extensions.Logging;

namespace Libvirt.Cli.Connecting;

/// <summary>The connection of one command, with its own runtime.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly LibvirtRuntime _runtime;
    private readonly ILoggerFactory _log;
    private readonly CredentialPrompt _prompt;
    private bool _abandoned;

    private Session(Hypervisor hypervisor, LibvirtRuntime runtime, ILoggerFactory log, CredentialPrompt prompt)
    {
        Hypervisor = hypervisor;
        _runtime = runtime;
        _log = log;
        _prompt = prompt;
    }

    public Hypervisor Hypervisor { get; }

    /// <summary>
    /// Has the runtime load what connecting takes, on another processor while this one reads the command line: a tenth of the time of a short command.
    /// Nothing is connected to.
    /// </summary>
    public static Task PrepareAsync() => Task.Run(static async () =>
    {
        LibvirtUri.Resolve("test+unix:///default?socket=/");
        SessionOptions.Of(timeout: null);
        await LibvirtRuntime.Create().DisposeAsync().ConfigureAwait(false);
        new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Dispose();
    });

    /// <summary>Connects. A command is over when its connection is, unless it asks for <paramref name="reconnect"/>; open files go over it where it <paramref name="passesFiles"/>.</summary>
    public static async ValueTask<Session> OpenAsync(
        string uri, bool readOnly, TimeSpan? timeout, LogChoice logged, bool reconnect, bool passesFiles, CancellationToken cancellationToken)
    {
        CredentialPrompt prompt = new();
        HypervisorOptions options = SessionOptions.Of(timeout) with
        {
            ReadOnly = readOnly,
            Reconnect = reconnect,
            FileDescriptors = passesFiles,
            CredentialPrompt = prompt,
        };
        ILoggerFactory log = ProgramLog.Open(logged);
        LibvirtRuntime runtime = LibvirtRuntime.Create(new ActorSystemOptions { Name = "virtactl", LoggerFactory = log });
        try
        {
            Hypervisor hypervisor = await runtime.ConnectAsync(uri, options, cancellationToken).ConfigureAwait(false);
            return new Session(hypervisor, runtime, log, prompt);
        }
        catch (Exception failure)
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            log.Dispose();
            await prompt.DisposeAsync().ConfigureAwait(false);
            if (prompt.Refusal is { } refusal && failure is LibvirtConnectException)
                throw new NoCredentialsException(refusal, failure);
            throw;
        }
    }

    /// <summary>Has the connection end without waiting for calls under way or for the daemon's goodbye.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>Closes the connection in order, unless it was abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_abandoned)
            await Hypervisor.DisposeAsync().ConfigureAwait(false);
        await _runtime.DisposeAsync().ConfigureAwait(false);
        _log.Dispose();
        await _prompt.DisposeAsync().ConfigureAwait(false);
    }
}
