using Libvirt.Cli.Diagnostics;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Terminals;

namespace Libvirt.Cli.Connecting;

/// <summary>The connection of one command, with the command's runtime.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly CommandRuntime _runtime;
    private readonly CredentialPrompt _prompt;
    private bool _abandoned;

    private Session(Hypervisor hypervisor, CommandRuntime runtime, CredentialPrompt prompt)
    {
        Hypervisor = hypervisor;
        _runtime = runtime;
        _prompt = prompt;
    }

    public Hypervisor Hypervisor { get; }

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
        CommandRuntime runtime = await CommandRuntime.OpenAsync(logged).ConfigureAwait(false);
        try
        {
            Hypervisor hypervisor = await runtime.Runtime.ConnectAsync(uri, options, cancellationToken).ConfigureAwait(false);
            return new Session(hypervisor, runtime, prompt);
        }
        catch (Exception failure)
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
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
        await _prompt.DisposeAsync().ConfigureAwait(false);
    }
}
