using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
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

    [Fact]
    public async Task Volume_mirror_copies_a_volume_to_another_hypervisor_across_a_lost_connection()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        _host.StoragePools["default"].AddVolume("disk & co.img", capacity: 64 << 20, content);
        SimulatedHost other = _simulator.AddHost("hv2");
        string otherUri = _simulator.ListenUnix(Path.Combine(_folder, "other"), other).Uri();
        _simulator.Script.When(Libvirt.Protocol.Remote.RemoteProcedures.StorageVolDownload).Once().BreakStreamAfter(1_000_000, StreamBreak.DropConnection);

        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("VolumeMirror"), [_uri, "default", "disk & co.img", otherUri, "default"], cancellationToken: Cancellation);

        Assert.Equal($"disk & co.img: {64 << 20} bytes", result.EnsureSuccess().Output.Trim());
        Assert.Contains(" %", result.Error, StringComparison.Ordinal);
        SimulatedVolume copy = other.StoragePools["default"].Find("disk & co.img")!;
        Assert.Equal(content, copy.Read(0, content.Length));
        Assert.InRange(copy.Allocation, content.Length, 4 << 20);
    }

    [Fact]
    public async Task Volume_mirror_says_why_it_cannot()
    {
        _host.StoragePools["default"].AddVolume("disk.img", capacity: 1000);

        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("VolumeMirror"), [_uri, "default", "disk.img", _uri, "default"], cancellationToken: Cancellation);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("disk.img", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_bridge_serves_the_console_to_one_terminal_after_another()
    {
        SimulatedDomain web = _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        await using RunningProgram sample = RunningSample.Start("ConsoleBridge", NoEnvironment, _uri, "web", "0");
        await sample.HasPrintedAsync("the console of web is at ", cancellationToken: Cancellation);
        string address = System.Text.RegularExpressions.Regex.Match(sample.Output, @"127\.0\.0\.1:\d+").Value;
        IPEndPoint bridge = IPEndPoint.Parse(address);

        for (int terminal = 1; terminal <= 2; terminal++)
        {
            using (TcpClient client = new())
            {
                await client.ConnectAsync(bridge, Cancellation);
                NetworkStream stream = client.GetStream();
                await stream.WriteAsync("\necho over the bridge\n"u8.ToArray(), Cancellation);
                await ReadUntilAsync(stream, "\nover the bridge");
            }

            await Eventually.IsTrueAsync(
                () => sample.Output.Split("a terminal has left").Length == terminal + 1, null, () => sample.Output, Cancellation);
        }

        using TcpClient last = new();
        await last.ConnectAsync(bridge, Cancellation);
        await last.GetStream().WriteAsync("\n"u8.ToArray(), Cancellation);
        await ReadUntilAsync(last.GetStream(), "/ # ");
        web.Destroy();
        await sample.HasPrintedAsync("the guest has closed the console", cancellationToken: Cancellation);
        Assert.Equal(0, await sample.InterruptAsync());
    }

    private static async Task ReadUntilAsync(NetworkStream stream, string text)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[1024];
        StringBuilder shown = new();
        while (!shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, limit.Token);
            Assert.True(count > 0, $"The bridge closed the connection after: {shown}");
            shown.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
