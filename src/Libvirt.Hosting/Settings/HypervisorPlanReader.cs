namespace Libvirt.Hosting.Settings;

/// <summary>Reads the hypervisors of the plan.</summary>
internal sealed class HypervisorPlanReader(LibvirtOptions code, HypervisorOptions defaults, SettingBinder binder, List<string> failures)
{
    private const string Uri = "uri";

    /// <param name="configured">The hypervisors of the configuration; null when it has none.</param>
    public Dictionary<string, HypervisorPlan> Read(SettingNode? configured)
    {
        Dictionary<string, HypervisorPlan> plans = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, HypervisorSetup setup) in code.Hypervisors)
            plans[name] = new HypervisorPlan(setup.Uri, setup.Options ?? defaults);
        foreach ((string name, SettingNode node) in configured?.Named() ?? [])
            Configure(plans, name, node);
        foreach ((string name, HypervisorPlan plan) in plans)
            CheckUri(name, plan);
        return plans;
    }

    private void Configure(Dictionary<string, HypervisorPlan> plans, string name, SettingNode node)
    {
        HypervisorPlan? given = plans.GetValueOrDefault(name);
        string? uri = Value(node);
        if (node.HasChildren)
        {
            uri = node.Settings([Uri]).Where(static child => child.Name == Uri).Select(static child => child.Node).Select(Value).FirstOrDefault() ?? uri;
            HypervisorOptions options = binder.Bind(given?.Options ?? defaults, node, HypervisorSettings.All, Uri);
            if ((uri ?? given?.Uri) is { } complete)
                plans[name] = new HypervisorPlan(complete, options);
            else
                failures.Add($"{node.FullName}.{Uri}: is missing");
        }
        else if (uri is not null)
        {
            plans[name] = new HypervisorPlan(uri, given?.Options ?? defaults);
        }
        else
        {
            // Set to null: an override that takes a hypervisor away.
            plans.Remove(name);
        }
    }

    private string? Value(SettingNode node)
    {
        try
        {
            return node.Value();
        }
        catch (FormatException exception)
        {
            failures.Add($"{node.FullName}: {exception.Message}");
            return null;
        }
    }

    private void CheckUri(string name, HypervisorPlan plan)
    {
        try
        {
            if (plan.Uri.Length == 0)
                failures.Add($"libvirt.hypervisors.{name}.{Uri}: is empty");
            LibvirtUri.Resolve(plan.Uri).Check(plan.Options);
        }
        catch (LibvirtException exception)
        {
            failures.Add($"libvirt.hypervisors.{name}.{Uri}: {exception.Message}");
        }
    }
}
