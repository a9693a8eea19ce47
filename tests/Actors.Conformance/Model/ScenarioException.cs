namespace Actors.Conformance;

/// <summary>The failure a scenario asks for.</summary>
public sealed class ScenarioException(string message) : Exception(message);
