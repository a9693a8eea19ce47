using Akka.Configuration.Hocon;

namespace Libvirt.Settings;

/// <summary>Reads the section <c>libvirt</c> of a HOCON configuration. The only reader of it: for the actor system's own configuration and for that of a host.</summary>
internal sealed class LibvirtSettingsReader
{
    private readonly List<string> _failures;
    private readonly SettingBinder _binder;

    private LibvirtSettingsReader(List<string> failures)
    {
        _failures = failures;
        _binder = new SettingBinder(failures);
    }

    /// <summary>The settings from code with those of the section on top of them.</summary>
    /// <param name="section">The section; null when there is none.</param>
    /// <param name="path">The section's own path, for error messages.</param>
    /// <param name="given">The settings from code.</param>
    /// <param name="failures">Receives what is wrong. Each entry begins with the full path of its setting.</param>
    public static LibvirtSettings Read(HoconValue? section, string path, GivenSettings given, List<string> failures) =>
        new LibvirtSettingsReader(failures).Read(section is null ? null : new SettingNode(path, section), path, given);

    private LibvirtSettings Read(SettingNode? section, string path, GivenSettings given)
    {
        HypervisorOptions defaults = given.Defaults;
        RuntimeLimits runtime = new();
        SettingNode? hypervisors = null;
        foreach ((string name, SettingNode node) in section is { } whole && IsGroup(whole) ? whole.Children() : [])
        {
            switch (name)
            {
                case SettingNames.Defaults when IsGroup(node):
                    defaults = _binder.Bind(defaults, node, HypervisorSettings.All);
                    break;
                case SettingNames.Hypervisors when IsGroup(node):
                    hypervisors = node;
                    break;
                case SettingNames.Runtime when IsGroup(node):
                    runtime = _binder.Bind(runtime, node, RuntimeSettings.All);
                    break;
                default:
                    if (!SettingNames.Internal.Contains(name) && !SettingNames.Groups.Contains(name))
                        _failures.Add($"{node.Path}: there is no such setting{NearestName.Hint(name, SettingNames.Groups)}");
                    break;
            }
        }

        return new LibvirtSettings(ReadHypervisors(hypervisors, path, given, defaults), defaults, runtime);
    }

    private Dictionary<string, ConfiguredHypervisor> ReadHypervisors(SettingNode? section, string path, GivenSettings given, HypervisorOptions defaults)
    {
        Dictionary<string, ConfiguredHypervisor> all = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, (string uri, HypervisorOptions? options)) in given.Hypervisors)
            all[name] = new ConfiguredHypervisor(uri, options ?? defaults);
        foreach ((string name, SettingNode node) in section?.Children() ?? [])
            ReadHypervisor(all, name, node, defaults);
        foreach ((string name, ConfiguredHypervisor hypervisor) in all)
            CheckUri($"{path}.{SettingNames.Hypervisors}.{name}.{SettingNames.Uri}", hypervisor);
        return all;
    }

    private void ReadHypervisor(Dictionary<string, ConfiguredHypervisor> all, string name, SettingNode node, HypervisorOptions defaults)
    {
        ConfiguredHypervisor? given = all.GetValueOrDefault(name);
        HypervisorOptions options = given?.Options ?? defaults;
        if (node.IsGroup)
        {
            string? uri = node.Children().Where(static child => child.Name == SettingNames.Uri).Select(child => Text(child.Node)).FirstOrDefault();
            options = _binder.Bind(options, node, HypervisorSettings.All, SettingNames.Uri);
            if ((uri ?? given?.Uri) is { } complete)
                all[name] = new ConfiguredHypervisor(complete, options);
            else
                _failures.Add($"{node.Path}.{SettingNames.Uri}: is missing");
        }
        else if (Text(node) is { } uri)
        {
            all[name] = new ConfiguredHypervisor(uri, options);
        }
        else
        {
            // null removes a hypervisor that code or an earlier file has named.
            all.Remove(name);
        }
    }

    private bool IsGroup(SettingNode node)
    {
        if (!node.IsGroup && !node.IsNull)
            _failures.Add($"{node.Path}: is a group of settings, not one");
        return node.IsGroup;
    }

    private string? Text(SettingNode node)
    {
        try
        {
            return node.Text();
        }
        catch (FormatException exception)
        {
            _failures.Add($"{node.Path}: {exception.Message}");
            return null;
        }
    }

    private void CheckUri(string path, ConfiguredHypervisor hypervisor)
    {
        try
        {
            if (hypervisor.Uri.Length == 0)
                _failures.Add($"{path}: is empty");
            LibvirtUri.Resolve(hypervisor.Uri).Check(hypervisor.Options);
        }
        catch (LibvirtException exception)
        {
            _failures.Add($"{path}: {exception.Message}");
        }
    }
}
