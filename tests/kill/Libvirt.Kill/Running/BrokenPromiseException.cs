namespace Libvirt.Kill.Running;

/// <summary>The runtime did not do what it promises, and the run cannot continue.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
