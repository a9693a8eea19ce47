using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>Tells when the configuration has changed; never, where there is none.</summary>
internal sealed class PlanChanges(IConfigurationSection? section)
{
    public IChangeToken? GetToken() => section?.GetReloadToken();
}
