using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Libvirt.Testing;

/// <summary>A program that runs until it is told to stop, in a process group of its own, and what it has printed.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>Everything it has printed so far, on standard output and error.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts <paramref name="program"/>.</summary>
    /// <param name="program">A path, or a name that the PATH resolves.</param>
    /// <param name="arguments">Passed as they are, without a shell.</param>
    /// <param name="environment">Variables on top of the caller's own; a null value takes one away.</param>
    /// <param name="directory">Where it runs; where the caller does when absent.</param>
    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null)
    {
        // Whoever was started in the background ignores SIGINT, and so would all that it starts.
        ProcessStartInfo info = new("env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (string argument in (string[])["--default-signal=INT,QUIT", "setsid", program, .. arguments])
            info.ArgumentList.Add(argument);
        foreach ((string variable, string? value) in environment ?? new Dictionary<string, string?>())
            info.Environment[variable] = value;
        RunningProgram running = new(new Process { StartInfo = info });
        running._process.OutputDataReceived += running.Take;
        running._process.ErrorDataReceived += running.Take;
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until it has printed something.</summary>
    /// <exception cref="TimeoutException">It has not within <paramref name="limit"/>, or within a minute; the text holds what it has printed.</exception>
    public Task HasPrintedAsync(string text, TimeSpan? limit = null, CancellationToken cancellationToken = default) => Eventually.IsTrueAsync(
        () => Output.Contains(text, StringComparison.Ordinal), limit, () => $"It should have printed '{text}' and printed:\n{Output}", cancellationToken);

    /// <summary>Types on its standard input.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it ends by itself, and gives its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Eventually.DefaultLimit, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Stops it as Ctrl+C in its terminal does, and gives its exit code.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken = default)
    {
        // The whole group: a terminal tells a program and its children alike.
        string group = _process.Id.ToString(CultureInfo.InvariantCulture);
        (await Command.RunAsync("kill", ["-INT", "--", $"-{group}"], cancellationToken: cancellationToken)).EnsureSuccess();
        return await EndAsync(cancellationToken);
    }

    /// <summary>Kills it and its children, where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
