namespace Libvirt.Messages;

/// <summary>Lists the hypervisors of the runtime. The reply is a <see cref="HypervisorList"/>.</summary>
public sealed record ListHypervisors : HypervisorRequest;
