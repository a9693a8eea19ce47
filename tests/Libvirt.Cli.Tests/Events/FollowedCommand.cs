using System.Collections.Concurrent;
using System.Diagnostics;
using Libvirt.Testing;

namespace Libvirt.Cli.Tests;

/// <summary>A virtactl that runs on while the test goes on, and the lines it has printed so far.</summary>
internal sealed class FollowedCommand : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly Task _reading;

    private FollowedCommand(string[] arguments, bool ignoresInterrupts = false)
    {
        ProcessStartInfo start = Virtactl.Start(arguments, ignoresInterrupts);
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    /// <summary>The files of code that the process has loaded.</summary>
    public IReadOnlyList<string> LoadedAssemblies =>
        [.. File.ReadLines($"/proc/{_process.Id}/maps").Where(line => line.EndsWith(".dll", StringComparison.Ordinal)).Select(line => Path.GetFileName(line)).Distinct()];

    public static FollowedCommand Start(string uri, params string[] arguments) => new(["-c", uri, .. arguments]);

    /// <summary>Starts it as a shell does in the background, with SIGINT ignored.</summary>
    public static FollowedCommand StartInBackground(string uri, params string[] arguments) => new(["-c", uri, .. arguments], ignoresInterrupts: true);

    /// <summary>Starts it with these words alone.</summary>
    public static FollowedCommand StartBare(params string[] arguments) => new(arguments);

    /// <summary>Waits until it has printed so many lines, and returns them.</summary>
    public Task<string[]> PrintsAsync(int lines) => Eventually.GetAsync(() => Task.FromResult(_lines.ToArray()), seen => seen.Length >= lines);

    /// <summary>Sends it a signal, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal) => (await Command.RunAsync("kill", [$"-{signal}", $"{_process.Id}"])).EnsureSuccess();

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Does something again and again until a line contains <paramref name="text"/>, and returns that line.</summary>
    public Task<string> SeesAsync(string text, Func<Task>? knock = null) => Eventually.GetAsync(
        async () =>
        {
            if (knock is not null)
                await knock();
            return _lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) ?? "";
        },
        line => line.Length > 0,
        whileWaiting: () => string.Join('\n', _lines));

    /// <summary>Waits for its own end.</summary>
    public async Task<int> EndsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Enqueue(line);
    }
}
