using Libvirt.Dispatch;

namespace Libvirt;

/// <summary>Is answered when a hypervisor serves calls for the first time.</summary>
internal sealed class WhenReady() : Request<bool>("The hypervisor was closed.");
