using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Input;

namespace Libvirt.Cli.Commands;

/// <summary><c>create</c>: starts a transient domain from XML.</summary>
internal sealed class CreateCommand : HypervisorCommand
{
    private readonly FileArgument _file = FileArgument.Create("The domain's XML; '-' for stdin.");
    private readonly FlagOption[] _flags =
    [
        .. CreateFlags.Options(),
        new("--validate", (uint)DomainCreateFlags.StartValidate, "Have the daemon check the XML against its schema."),
    ];

    public CreateCommand()
        : base("create", "Start a transient domain: one that vanishes when it stops.")
    {
        Add(_file);
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        string xml = await _file.ReadAsync(invocation).ConfigureAwait(false);
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        Domain domain = await hypervisor.CreateDomainXmlAsync(
            xml, (DomainCreateFlags)FlagOption.Sum(invocation, _flags), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' created", [.. DomainFields.Subject(domain), DomainFields.Id(domain)]);
    }
}
