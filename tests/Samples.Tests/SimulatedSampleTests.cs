using System.Security.Cryptography;
using Libvirt.Simulator;
using Libvirt.Testing;
using Xunit;

namespace Samples.Tests;

/// <summary>Samples that want a guest or a volume of a certain kind, against a simulated host that has it.</summary>
public sealed class SimulatedSampleTests : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> NoEnvironment = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("samples").FullName;
    private readonly HypervisorSimulator _simulator = new();
    private readonly SimulatedHost _host;
    private readonly string _uri;

    public SimulatedSampleTests()
    {
        _host = _simulator.AddHost("hv1");
        _uri = _simulator.ListenUnix(Path.Combine(_folder, "sock")).Uri();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guest_console_shows_what_the_guest_prints_and_types_what_is_typed()
    {
        _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        await using RunningProgram sample = RunningSample.Start("GuestConsole", NoEnvironment, _uri, "web");
        await sample.HasPrintedAsync("at the console of web", cancellationToken: Cancellation);

        await sample.TypeAsync("echo and out it comes\n");

        await sample.HasPrintedAsync("\nand out it comes", cancellationToken: Cancellation);
        await sample.TypeAsync("\u001d\n");
        Assert.Equal(0, await sample.EndAsync(Cancellation));
    }

    [Fact]
    public async Task Guest_console_ends_with_the_guest()
    {
        SimulatedDomain web = _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        await using RunningProgram sample = RunningSample.Start("GuestConsole", NoEnvironment, _uri, "web");
        await sample.HasPrintedAsync("at the console of web", cancellationToken: Cancellation);

        web.Destroy();

        Assert.Equal(0, await sample.EndAsync(Cancellation));
    }

    [Fact]
    public async Task Download_writes_the_file_and_tells_of_its_progress_across_a_lost_connection()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        _host.StoragePools["default"].AddVolume("disk.img", capacity: 4_000_000, content);
        _simulator.Script.When(Libvirt.Protocol.Remote.RemoteProcedures.StorageVolDownload).Once().BreakStreamAfter(1_000_000, StreamBreak.DropConnection);
        string file = Path.Combine(_folder, "disk.img");

        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("Download"), [_uri, "default", "disk.img", file], cancellationToken: Cancellation);

        Assert.Equal($"{file}: 4000000 bytes", result.EnsureSuccess().Output.Trim());
        Assert.Contains(" %  ", result.Error, StringComparison.Ordinal);
        byte[] downloaded = await File.ReadAllBytesAsync(file, Cancellation);
        Assert.True(downloaded.AsSpan(0, content.Length).SequenceEqual(content));
        Assert.False(downloaded.AsSpan(content.Length).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task Download_says_why_it_cannot()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("Download"), [_uri, "default", "missing", Path.Combine(_folder, "missing")], cancellationToken: Cancellation);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("missing", result.Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
