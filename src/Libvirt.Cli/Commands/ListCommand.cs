using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>list</c>: the domains of a hypervisor.</summary>
internal sealed class ListCommand : HypervisorCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Active and inactive domains." };
    private readonly Option<bool> _inactive = new("--inactive") { Description = "Inactive domains alone." };
    private readonly Option<bool> _name = new("--name") { Description = "Their names alone, one a line." };
    private readonly Option<bool> _uuid = new("--uuid") { Description = "Their UUIDs alone, one a line." };

    public ListCommand()
        : base("list", "List the domains that are active.")
    {
        foreach (Option option in (Option[])[_all, _inactive, _name, _uuid])
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        IReadOnlyList<Domain> domains = await hypervisor.ListAllDomainsAsync(Wanted(invocation), cancellationToken: invocation.CancellationToken)
            .ConfigureAwait(false);
        IEnumerable<Domain> sorted = domains.OrderBy(d => d.Id ?? int.MaxValue).ThenBy(d => d.Name, StringComparer.Ordinal);
        if (invocation.Get(_name) || invocation.Get(_uuid))
            invocation.Output.Lines([.. sorted.Select(domain => Identity(invocation, domain))]);
        else
            invocation.Output.List(["Id", "Name", "State"], await RowsAsync(sorted, invocation).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Field>>> RowsAsync(IEnumerable<Domain> domains, Invocation invocation)
    {
        Task<IReadOnlyList<Field>?>[] rows = [.. domains.Select(domain => RowAsync(domain, invocation))];
        return [.. (await Task.WhenAll(rows).ConfigureAwait(false)).OfType<IReadOnlyList<Field>>()];
    }

    private static async Task<IReadOnlyList<Field>?> RowAsync(Domain domain, Invocation invocation)
    {
        try
        {
            DomainStateInfo state = await domain.GetStateAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            return [DomainFields.Id(domain), DomainFields.Name(domain), DomainFields.State(state.State), DomainFields.Uuid(domain)];
        }
        catch (LibvirtRemoteException refusal) when (refusal.Code == ErrorNumber.NoDomain)
        {
            // It vanished after it was listed.
            return null;
        }
    }

    private ConnectListAllDomainsFlags Wanted(Invocation invocation) => (invocation.Get(_all), invocation.Get(_inactive)) switch
    {
        (true, _) => ConnectListAllDomainsFlags.Active | ConnectListAllDomainsFlags.Inactive,
        (_, true) => ConnectListAllDomainsFlags.Inactive,
        _ => ConnectListAllDomainsFlags.Active,
    };

    private List<Field> Identity(Invocation invocation, Domain domain)
    {
        List<Field> fields = [];
        if (invocation.Get(_uuid))
            fields.Add(DomainFields.Uuid(domain));
        if (invocation.Get(_name))
            fields.Add(DomainFields.Name(domain));
        return fields;
    }
}
