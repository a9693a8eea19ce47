using Xunit.Sdk;

namespace Libvirt.Tests.Supervision;

/// <summary>Waits that end: what waits for a failed actor must not wait for ever.</summary>
internal static class TimeLimits
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Awaits the task; fails the test when it takes longer than a busy machine can explain.</summary>
    /// <param name="task">The task.</param>
    /// <param name="what">What it is, for the text of the failure.</param>
    public static async Task InTimeAsync(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new XunitException($"{what} did not end within {Limit}.");
        }
    }

    /// <inheritdoc cref="InTimeAsync(Task, string)"/>
    public static async Task<T> InTimeAsync<T>(this Task<T> task, string what)
    {
        await ((Task)task).InTimeAsync(what);
        return await task;
    }

    /// <summary>Expects that the task fails, in time.</summary>
    /// <inheritdoc cref="InTimeAsync(Task, string)"/>
    public static async Task<TException> FailsInTimeAsync<TException>(this Task task, string what)
        where TException : Exception =>
        await Assert.ThrowsAsync<TException>(() => task.InTimeAsync(what));
}
