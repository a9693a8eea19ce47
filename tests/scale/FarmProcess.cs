using System.Diagnostics;
using System.Globalization;

namespace Libvirt.Scale;

/// <summary>The process of the hypervisors, seen from outside.</summary>
internal sealed class FarmProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private FarmProcess(Process process, DirectoryInfo directory, int count)
    {
        _process = process;
        _directory = directory;
        Uris = [.. Enumerable.Range(0, count).Select(i => $"qemu+unix:///hv{i}?socket={HypervisorFarm.SocketOf(directory.FullName, i)}")];
    }

    public IReadOnlyList<string> Uris { get; }

    public static async Task<FarmProcess> StartAsync(int count)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("scale-");
        ProcessStartInfo start = new(Environment.ProcessPath!, ["--farm", directory.FullName, count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        FarmProcess farm = new(Process.Start(start)!, directory, count);
        await farm.ExpectAsync("ready");
        return farm;
    }

    /// <summary>Has it do something, and returns when it is done.</summary>
    public async Task DoAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await ExpectAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task ExpectAsync(string word)
    {
        if (await _process.StandardOutput.ReadLineAsync() != word)
            throw new InvalidOperationException("The process of the hypervisors has ended.");
    }
}
