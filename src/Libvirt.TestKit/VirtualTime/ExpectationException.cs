namespace Libvirt.TestKit;

/// <summary>An expectation of a test was not met. The message states what was expected, what happened instead, and within which limit.</summary>
public sealed class ExpectationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what happened instead.</param>
    public ExpectationException(string message)
        : base(message)
    {
        HelpLink = "docs/troubleshooting.md#expectation-not-met";
    }
}
