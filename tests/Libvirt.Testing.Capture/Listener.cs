namespace Libvirt.Testing.Capture;

/// <summary>A client that waits for events until it is disposed, so that somebody hears of what the other commands do.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Conversations _conversations;
    private readonly RecordingProxy _proxy;
    private readonly string _source;
    private readonly Task _running;

    private Listener(Conversations conversations, RecordingProxy proxy, string source, Task running) =>
        (_conversations, _proxy, _source, _running) = (conversations, proxy, source, running);

    /// <summary>Starts virsh with a command that waits, and returns once it has registered.</summary>
    public static async Task<Listener> StartAsync(Conversations conversations, LibvirtDaemon daemon, string driver, string path, params string[] command)
    {
        RecordingProxy proxy = daemon.OpenProxy();
        IReadOnlyList<string> line = Virsh.On(proxy.Uri(driver, path)).CommandLine(command);
        Listener listener = null!;
        Task running = RunAsync();
        listener = new Listener(conversations, proxy, $"virsh-{driver} {string.Join(' ', command)}", running);
        int seen = 0;
        // Registered is who has been quiet for a moment after having spoken.
        await Eventually.GetAsync(
            async () =>
            {
                seen = proxy.Recording.Frames.Count;
                await Task.Delay(300);
                return proxy.Recording.Frames.Count;
            },
            now => now > 8 && now == seen);
        return listener;

        async Task RunAsync()
        {
            await Task.Yield();
            try
            {
                await Command.RunAsync(line[0], line.Skip(1), environment: Virsh.ClientEnvironment, limit: TimeSpan.FromMinutes(20), cancellationToken: listener._ending.Token);
            }
            catch (OperationCanceledException)
            {
                // Killed: this is how it ends.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        await _conversations.AddAsync(_source, _proxy.Recording);
        await _proxy.DisposeAsync();
        _ending.Dispose();
    }
}
