using Actors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Settings;

/// <summary>Reads the plan: the options given in code, with the configuration section on top.</summary>
internal sealed class LibvirtPlanReader(LibvirtOptions options, IConfigurationSection? section, IConfigurationRoot? root)
{
    private static readonly string[] Groups = ["defaults", "hypervisors", "runtime", "actor-system"];

    /// <summary>Reads it as it is now.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used; each failure begins with the full name of its setting.</exception>
    public LibvirtPlan Read()
    {
        List<string> failures = [];
        SettingBinder binder = new(failures);
        HypervisorOptions defaults = options.Defaults;
        ActorSystemOptions system = new() { Name = "libvirt" };
        RuntimeLimits runtime = new();
        SettingNode? hypervisors = null;
        foreach ((string name, SettingNode node) in section is null ? [] : SettingNode.Of(section, root).Settings(Groups))
        {
            switch (name)
            {
                case "defaults":
                    defaults = binder.Bind(defaults, node, HypervisorSettings.All);
                    break;
                case "hypervisors":
                    hypervisors = node;
                    break;
                case "runtime":
                    runtime = binder.Bind(runtime, node, RuntimeSettings.All);
                    break;
                case "actor-system":
                    system = binder.Bind(system, node, ActorSystemSettings.All);
                    break;
                default:
                    failures.Add($"{node.FullName}: there is no such setting{NearestName.Hint(name, Groups)}");
                    break;
            }
        }

        HypervisorPlanReader reader = new(options, defaults, binder, failures);
        LibvirtPlan plan = new(reader.Read(hypervisors), defaults, runtime, system);
        return failures.Count == 0 ? plan : throw new OptionsValidationException("libvirt", typeof(LibvirtOptions), failures)
        {
            HelpLink = "docs/troubleshooting.md#settings-refused",
        };
    }
}
