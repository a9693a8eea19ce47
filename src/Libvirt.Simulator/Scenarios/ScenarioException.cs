namespace Libvirt.Simulator;

/// <summary>A scenario's text cannot be used; the message says which part of it and why.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>An exception that says what cannot be used.</summary>
    public ScenarioException(string message, Exception? cause = null)
        : base(message, cause)
    {
        HelpLink = "docs/troubleshooting.md#scenario-refused";
    }
}
