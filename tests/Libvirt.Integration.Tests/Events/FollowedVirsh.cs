using System.Collections.Concurrent;
using System.Diagnostics;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

/// <summary>A command of virsh that goes on until it is disposed, and the lines that it has printed so far.</summary>
internal sealed class FollowedVirsh : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly Task _reading;

    public FollowedVirsh(string uri, params string[] arguments)
    {
        ProcessStartInfo start = new("stdbuf", ["-oL", .. Virsh.On(uri).CommandLine(arguments)]) { RedirectStandardOutput = true };
        foreach ((string name, string? value) in Virsh.ClientEnvironment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    public string[] Lines => [.. _lines];

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Enqueue(line);
    }
}
