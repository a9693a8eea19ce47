using System.Globalization;
using Akka.TestKit;

namespace Libvirt.TestKit;

/// <summary>The assertions of probes, independent of a test framework: each failure is an <see cref="ExpectationException"/>.</summary>
internal sealed class KitAssertions(VirtualTime time) : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) => throw Failure(format, args, "Expected success.");

    public void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition)
            throw Failure(format, args, "Expected true.");
    }

    public void AssertFalse(bool condition, string format = "", params object[] args)
    {
        if (condition)
            throw Failure(format, args, "Expected false.");
    }

    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
        AssertEqual(expected, actual, EqualityComparer<T>.Default.Equals, format, args);

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        if (!comparer(expected, actual))
            throw Failure(format, args, $"Expected {expected}, but it was {actual}.");
    }

    public Exception AssertThrows(Action action) => AssertThrows<Exception>(action);

    public TException AssertThrows<TException>(Action action)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (TException exception)
        {
            return exception;
        }

        throw NotThrown<TException>();
    }

    public Task<Exception> AssertThrowsAsync(Func<Task> action) => AssertThrowsAsync<Exception>(action);

    public async Task<TException> AssertThrowsAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (TException exception)
        {
            return exception;
        }

        throw NotThrown<TException>();
    }

    private ExpectationException NotThrown<TException>() => Failure("", [], $"Expected {typeof(TException).Name} to be thrown, but nothing was.");

    private ExpectationException Failure(string format, object[] args, string fallback)
    {
        string text = args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
        return time.Failed(text.Length == 0 ? fallback : text);
    }
}
