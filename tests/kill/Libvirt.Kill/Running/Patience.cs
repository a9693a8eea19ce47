using System.Diagnostics;

namespace Libvirt.Kill.Running;

/// <summary>Waits for what the runtime must bring about, and looks for calls that hang meanwhile.</summary>
/// <param name="hanging">Describes the calls that have been under way for too long.</param>
internal sealed class Patience(Func<IEnumerable<string>> hanging)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="instead">Describes what is the case instead.</param>
    /// <exception cref="BrokenPromiseException">It did not hold within a minute, or a call hangs.</exception>
    public async Task WaitAsync(Func<bool> condition, Func<string> instead)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            ThrowIfCallsHang();
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new BrokenPromiseException($"After {Limit.TotalSeconds:0} s: {instead()}.");
            await Task.Delay(LookAgain);
        }
    }

    /// <exception cref="BrokenPromiseException">A call hangs.</exception>
    public void ThrowIfCallsHang()
    {
        string[] calls = [.. hanging()];
        if (calls.Length > 0)
            throw new BrokenPromiseException($"{calls.Length} calls hang: {string.Join("; ", calls)}.");
    }
}
