namespace Libvirt.Settings;

/// <summary>Settings from code, which the settings in HOCON change.</summary>
/// <param name="Defaults">The settings of hypervisors that have none of their own.</param>
/// <param name="Hypervisors">The hypervisors by name; one without options has the defaults.</param>
internal sealed record GivenSettings(HypervisorOptions Defaults, IReadOnlyDictionary<string, (string Uri, HypervisorOptions? Options)> Hypervisors)
{
    public static GivenSettings None { get; } = new(HypervisorOptions.Default, new Dictionary<string, (string, HypervisorOptions?)>());
}
