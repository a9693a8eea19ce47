using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Libvirt.Testing;

/// <summary>Waits for what another process brings about: looks until it is so, or fails with what was seen last.</summary>
public static class Eventually
{
    /// <summary>The limit where none is given; generous, because a loaded machine is no reason to fail.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Looked at again and again; an exception from it counts as "not yet".</param>
    /// <param name="limit">How long to wait; <see cref="DefaultLimit"/> when absent.</param>
    /// <param name="whileWaiting">Describes the surroundings for the failure's text, for example a log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="sought">The condition's own text, filled in by the compiler.</param>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    public static Task IsTrueAsync(
        Func<bool> condition,
        TimeSpan? limit = null,
        Func<string>? whileWaiting = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(condition))] string sought = "") =>
        GetAsync(() => Task.FromResult(condition()), holds => holds, limit, whileWaiting, cancellationToken, sought);

    /// <summary>Asks until the answer is as wanted, and returns it.</summary>
    /// <inheritdoc cref="IsTrueAsync"/>
    /// <param name="ask">Asked again and again; an exception from it counts as "not yet".</param>
    /// <param name="wanted">Whether an answer is the awaited one.</param>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> ask,
        Func<T, bool> wanted,
        TimeSpan? limit = null,
        Func<string>? whileWaiting = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(wanted))] string sought = "")
    {
        TimeSpan bound = limit ?? DefaultLimit;
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan pause = TimeSpan.FromMilliseconds(5);
        while (true)
        {
            string seen;
            Exception? cause = null;
            try
            {
                T answer = await ask();
                if (wanted(answer))
                    return answer;
                seen = $"the last answer was: {answer}";
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                seen = $"the last try failed: {e.Message}";
                cause = e;
            }
            if (clock.Elapsed > bound)
                throw new TimeoutException(Describe(bound, sought, seen, whileWaiting), cause);
            await Task.Delay(pause, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static string Describe(TimeSpan bound, string sought, string seen, Func<string>? whileWaiting)
    {
        string text = $"Not within {bound.TotalSeconds:0.#} s: {sought}; {seen}";
        return whileWaiting is null ? text : $"{text}{Environment.NewLine}{whileWaiting()}";
    }
}
