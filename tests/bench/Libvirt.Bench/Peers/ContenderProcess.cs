using System.Diagnostics;
using Libvirt.Bench.Measuring;
using Libvirt.Testing;

namespace Libvirt.Bench.Peers;

/// <summary>A contender that reports on standard output how far it is while it runs, and reads from standard input.</summary>
internal sealed class ContenderProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Contender _contender;
    private readonly Process _process;

    private ContenderProcess(Contender contender, Process process) => (_contender, _process) = (contender, process);

    public static ContenderProcess Start(Contender contender, params string[] words)
    {
        ProcessStartInfo info = new(contender.Program, [.. contender.Prefix, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string? value) in Virsh.ClientEnvironment)
            info.Environment[name] = value;
        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{contender.Program} did not start");
        return new ContenderProcess(contender, process);
    }

    /// <summary>Waits until it has printed a line, which must be this one.</summary>
    /// <exception cref="InvalidOperationException">It printed something else or ended.</exception>
    /// <exception cref="TimeoutException">It printed nothing for two minutes.</exception>
    public async Task ExpectAsync(string line)
    {
        string? printed = await ReadLineAsync();
        if (printed != line)
            throw new InvalidOperationException($"{_contender.Name} should have printed '{line}' and {(printed is null ? "ended" : $"printed '{printed}'")}.");
    }

    /// <summary>Writes a line to its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads the sample that it prints at its end.</summary>
    /// <exception cref="InvalidOperationException">It ended without a sample.</exception>
    public async Task<Sample> ReadSampleAsync() =>
        Sample.Parse(await ReadLineAsync() ?? throw new InvalidOperationException($"{_contender.Name} ended without a sample."));

    /// <summary>Ends it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
}
