using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>autostart</c>: whether a domain starts with the daemon.</summary>
internal sealed class AutostartCommand : DomainCommand
{
    private readonly Option<bool> _disable = new("--disable") { Description = "No longer start it with the daemon." };

    public AutostartCommand()
        : base("autostart", "Have a domain started whenever the daemon starts.")
    {
        Add(_disable);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        bool autostart = !invocation.Get(_disable);
        await domain.SetAutostartAsync(autostart, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done(
            $"Domain '{domain}' {(autostart ? "starts" : "no longer starts")} with the daemon",
            [.. DomainFields.Subject(domain), Output.Field.Of("autostart", "Autostart", autostart)]);
    }
}
