using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

/// <summary>virsh's <c>event</c> command, running: the lifecycle events it prints, as they come.</summary>
internal sealed partial class VirshEvents : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Domain, string Event)> _seen = new();
    private readonly Process _process;
    private readonly Task _reading;

    private VirshEvents(string uri)
    {
        IReadOnlyList<string> command = Virsh.On(uri).CommandLine("event", "--event", "lifecycle", "--loop");
        ProcessStartInfo start = new("stdbuf", ["-oL", .. command]) { RedirectStandardOutput = true };
        foreach ((string name, string? value) in Virsh.ClientEnvironment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    /// <summary>Starts it and waits until it follows, by knocking with a domain that is defined and undefined until virsh has noticed.</summary>
    public static async Task<VirshEvents> StartAsync(string uri, Hypervisor hypervisor)
    {
        VirshEvents virsh = new(uri);
        await Eventually.GetAsync(
            async () =>
            {
                Domain knock = await hypervisor.DefineDomainXmlAsync(
                    "<domain type='qemu'><name>knock</name><memory>8192</memory><os><type>hvm</type></os></domain>");
                await knock.UndefineAsync();
                return virsh.Of("knock").Length;
            },
            count => count > 0);
        return virsh;
    }

    /// <summary>What it has printed of one domain so far.</summary>
    public DomainEventType[] Of(string domain) => [.. _seen.Where(e => e.Domain == domain).Select(e => Enum.Parse<DomainEventType>(e.Event))];

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
        {
            Match match = Line().Match(line);
            if (match.Success)
                _seen.Enqueue((match.Groups[1].Value, match.Groups[2].Value));
        }
    }

    [GeneratedRegex(@"'lifecycle' for domain '?([^':]+)'?: (\w+)")]
    private static partial Regex Line();
}
