namespace Actors.TestKit;

/// <summary>An expectation of a test that was not met. Its text says what was expected, what came instead, and within which limit.</summary>
/// <param name="message">The text.</param>
public sealed class ExpectationException(string message) : Exception(message);
