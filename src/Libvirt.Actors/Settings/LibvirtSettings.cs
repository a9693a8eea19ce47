namespace Libvirt.Settings;

/// <summary>The settings of a runtime: validated, and complete.</summary>
/// <param name="Hypervisors">The hypervisors by name; the case of names is ignored.</param>
/// <param name="Defaults">The settings of hypervisors that have none of their own.</param>
/// <param name="Runtime">The limits that all hypervisors share.</param>
internal sealed record LibvirtSettings(
    IReadOnlyDictionary<string, ConfiguredHypervisor> Hypervisors, HypervisorOptions Defaults, RuntimeLimits Runtime);
