using System.CommandLine;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Commands;

/// <summary>A command that asks a daemon. It checks its arguments first, connects when it knows what to send, and prints the result.</summary>
internal abstract class HypervisorCommand : Command
{
    protected HypervisorCommand(string name, string description)
        : base(name, description)
    {
        SetAction(RunAsync);
    }

    /// <summary>Carries the command out.</summary>
    protected abstract Task RunAsync(Invocation invocation);

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Invocation invocation = new(arguments, cancellationToken);
        await using (invocation.ConfigureAwait(false))
        {
            try
            {
                await RunAsync(invocation).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not LibvirtRemoteException)
            {
                // Nobody waits for a daemon's goodbye that did not answer before.
                invocation.Abandon();
                throw;
            }

            return Failures.ExitCode.Done;
        }
    }
}
