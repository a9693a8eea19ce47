using Actors;

namespace Libvirt.Hosting.Settings;

/// <summary>What code and configuration together want: checked, and complete.</summary>
internal sealed record LibvirtPlan(
    IReadOnlyDictionary<string, HypervisorPlan> Hypervisors, HypervisorOptions Defaults, RuntimeLimits Runtime, ActorSystemOptions ActorSystem);

/// <summary>One hypervisor of the plan. Equal to another when the same connection would serve both.</summary>
internal sealed record HypervisorPlan(string Uri, HypervisorOptions Options);
