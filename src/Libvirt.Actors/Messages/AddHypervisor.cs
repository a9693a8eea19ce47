using Akka.Actor;
using Akka.Configuration;

namespace Libvirt.Messages;

/// <summary>
/// Adds a hypervisor and begins to connect to it. The reply is a <see cref="HypervisorAdded"/>, which does not wait for the daemon; or a
/// <see cref="Status.Failure"/> with an <see cref="ArgumentException"/> (the name is empty or taken), a <see cref="LibvirtConnectException"/> (the URI cannot be
/// used) or a <see cref="ConfigurationException"/> (the settings cannot be used).
/// </summary>
/// <param name="Name">A name that is not taken. Case is not significant.</param>
/// <param name="Uri">A libvirt URI, such as <c>qemu:///system</c>. It is resolved on the node of the runtime.</param>
/// <param name="Settings">
/// Settings of this hypervisor in HOCON, such as <c>max-in-flight = 20</c>: those of a hypervisor in <c>libvirt.hypervisors</c>. They are applied to the default
/// settings of the runtime, which a hypervisor without any has.
/// </param>
public sealed record AddHypervisor(string Name, string Uri, string? Settings = null) : HypervisorRequest;
