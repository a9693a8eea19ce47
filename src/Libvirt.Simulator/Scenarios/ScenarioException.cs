namespace Libvirt.Simulator;

/// <summary>A scenario's text cannot be used; the message says which part of it and why.</summary>
public sealed class ScenarioException(string message, Exception? cause = null) : Exception(message, cause);
