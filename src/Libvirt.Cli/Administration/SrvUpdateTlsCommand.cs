using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-update-tls</c>: has a server read its certificates again.</summary>
internal sealed class SrvUpdateTlsCommand() : ServerCommand("srv-update-tls", "Have a server read its TLS certificates, keys and revocation list again.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        await server.UpdateTlsFilesAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Server '{server}' has read its TLS files again", Field.Of("name", "Name", server.Name));
    }
}
