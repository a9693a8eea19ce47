using System.Diagnostics;
using System.Globalization;
using System.Text;
using Libvirt.Testing;
using Xunit;

namespace Samples.Tests;

/// <summary>A sample that runs until it is told to stop, and what it has printed.</summary>
internal sealed class RunningSample : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningSample(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The executable of a sample, as the build of these tests has made it.</summary>
    public static string Executable(string name) => RepositoryRoot.Combine(
        "samples", name, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", name);

    public static RunningSample Start(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo info = new(Executable(name)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string variable, string value) in environment)
            info.Environment[variable] = value;
        RunningSample sample = new(new Process { StartInfo = info });
        sample._process.OutputDataReceived += sample.Take;
        sample._process.ErrorDataReceived += sample.Take;
        sample._process.Start();
        sample._process.BeginOutputReadLine();
        sample._process.BeginErrorReadLine();
        return sample;
    }

    /// <summary>Waits until it has printed something.</summary>
    public Task HasPrintedAsync(string text) => Eventually.IsTrueAsync(
        () => Output.Contains(text, StringComparison.Ordinal), null, () => $"It should have printed '{text}' and printed:\n{Output}", TestContext.Current.CancellationToken);

    /// <summary>Stops it as Ctrl+C does, and gives its exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        (await Command.RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)])).EnsureSuccess();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

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
