using System.Diagnostics;
using System.Text;

namespace Libvirt.Testing;

/// <summary>A program on a terminal, such as virsh console on a guest: what a person would type and see.</summary>
public sealed class GuestConsole : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _seen = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;

    private GuestConsole(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Everything the console showed until now.</summary>
    public string Seen
    {
        get
        {
            lock (_gate)
                return _seen.ToString();
        }
    }

    /// <summary>Attaches to a running guest's console.</summary>
    public static GuestConsole Attach(Virsh virsh, string domain) => Run(virsh.CommandLine("console", domain));

    /// <summary>Starts a program on a terminal of its own.</summary>
    /// <param name="words">The program and its arguments, without single quotes.</param>
    public static GuestConsole Run(IReadOnlyList<string> words)
    {
        string command = string.Join(' ', words.Select(word => $"'{word}'"));
        // Whoever was started in the background ignores SIGINT, and so would all that it starts.
        ProcessStartInfo info = new("env") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--default-signal=INT,QUIT", "script", "--quiet", "--flush", "--command", command, "/dev/null"])
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in Virsh.ClientEnvironment)
            info.Environment[name] = value;
        return new GuestConsole(ProcessStarter.Start(info));
    }

    /// <summary>Types a line.</summary>
    public Task TypeAsync(string line) => PressAsync($"{line}\n");

    /// <summary>Presses keys.</summary>
    public async Task PressAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the console has shown <paramref name="text"/>.</summary>
    public Task SeesAsync(string text, TimeSpan? limit = null) =>
        Eventually.IsTrueAsync(() => Seen.Contains(text, StringComparison.Ordinal), limit, () => $"The console showed:\n{Seen}", sought: $"the console shows \"{text}\"");

    /// <summary>
    /// Types newlines until the guest's shell shows its prompt: a guest prints that it is ready only once, and perhaps
    /// before anybody looked.
    /// </summary>
    public Task WhenReadyAsync(TimeSpan? limit = null) => Eventually.GetAsync(
        async () =>
        {
            await TypeAsync("");
            return Seen;
        },
        seen => seen.Contains("/ # ", StringComparison.Ordinal),
        limit,
        () => $"The console showed:\n{Seen}",
        sought: "the guest's shell shows its prompt");

    /// <summary>Waits until the program has ended, for example because somebody detached or the guest went away.</summary>
    public Task EndsAsync(TimeSpan? limit = null) => _process.WaitForExitAsync().WaitAsync(limit ?? Eventually.DefaultLimit);

    /// <summary>Detaches; the guest goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        char[] buffer = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            lock (_gate)
                _seen.Append(buffer, 0, read);
        }
    }
}
