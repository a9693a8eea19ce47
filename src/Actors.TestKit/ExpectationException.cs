namespace Actors.TestKit;

/// <summary>An expectation of a test that was not met. Its text says what was expected, what came instead, and within which limit.</summary>
public sealed class ExpectationException : Exception
{
    /// <summary>An exception that says what was expected.</summary>
    /// <param name="message">The text.</param>
    public ExpectationException(string message)
        : base(message)
    {
        HelpLink = "docs/troubleshooting.md#expectation-not-met";
    }
}
