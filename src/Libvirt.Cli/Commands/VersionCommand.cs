using System.Reflection;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>version</c>: this command's, the daemon's and the hypervisor's versions.</summary>
internal sealed class VersionCommand() : HypervisorCommand("version", "Print the versions of virtactl, of the daemon and of the hypervisor.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        string type = await hypervisor.GetTypeAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        ulong library = await hypervisor.GetLibVersionAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        ulong own = await hypervisor.GetVersionAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        string version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        invocation.Output.Record(
        [
            Field.Of("virtactl", "virtactl", version),
            new Field("libVer", "Daemon", $"libvirt {Dotted(library)}", Dotted(library)),
            new Field("type", "Driver", type, type),
            new Field("hvVer", "Hypervisor", $"{type} {Dotted(own)}", Dotted(own)),
        ]);
    }

    /// <summary>libvirt packs a version into one number: a million for the major, a thousand for the minor, one for the release.</summary>
    private static string Dotted(ulong version) => $"{version / 1_000_000}.{version / 1_000 % 1_000}.{version % 1_000}";
}
