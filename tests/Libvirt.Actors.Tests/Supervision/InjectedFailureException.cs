namespace Libvirt.Tests.Supervision;

/// <summary>What a test made an actor fail with.</summary>
internal sealed class InjectedFailureException(string message) : Exception(message);
