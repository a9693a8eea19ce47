using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary>A command about one domain, which its argument names.</summary>
internal abstract class DomainCommand : HypervisorCommand
{
    private readonly DomainArgument _domain = DomainArgument.Create();

    protected DomainCommand(string name, string description)
        : base(name, description)
    {
        Add(_domain);
    }

    /// <summary>Carries the command out on the domain that was found.</summary>
    protected abstract Task RunAsync(Invocation invocation, Domain domain);

    /// <summary>Looks at the arguments before anything is sent.</summary>
    /// <exception cref="Failures.UsageException">They cannot be used.</exception>
    protected virtual void CheckArguments(Invocation invocation)
    {
    }

    protected sealed override async Task RunAsync(Invocation invocation)
    {
        CheckArguments(invocation);
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        Domain domain = await DomainLookup.FindAsync(hypervisor, invocation.Get(_domain)!, invocation.CancellationToken).ConfigureAwait(false);
        await RunAsync(invocation, domain).ConfigureAwait(false);
    }
}
