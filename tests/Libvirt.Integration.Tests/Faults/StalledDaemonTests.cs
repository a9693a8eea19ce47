using System.Diagnostics;
using Libvirt.Testing;

namespace Libvirt.Integration.Faults;

public sealed class StalledDaemonTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Long enough for a daemon that has not stalled but shares its processors with much else.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static readonly HypervisorOptions Options = new()
    {
        KeepAliveInterval = Bound / 5,
        KeepAliveCount = 5,
        ReadTimeout = TimeSpan.FromMinutes(5),
        ReadyTimeout = TimeSpan.FromMinutes(5),
        RetryReads = false,
    };

    [Fact]
    public async Task A_daemon_that_has_stalled_is_found_by_keepalive_and_served_again_when_it_goes_on()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, Options);

        daemon.Freeze();
        Stopwatch silence = Stopwatch.StartNew();
        try
        {
            AssertFound(
                await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => hypervisor.GetLibVersionAsync().AsTask().WaitAsync(Limit)), silence);
        }
        finally
        {
            daemon.Thaw();
        }

        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    [Fact]
    public async Task A_daemon_that_has_stopped_reading_is_found_while_the_socket_takes_no_more_bytes()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, Options);
        // More than the kernel keeps for a reader: the rest of the call, and every ping after it, stays with us.
        string text = new('x', 4_000_000);

        daemon.Freeze();
        Stopwatch silence = Stopwatch.StartNew();
        try
        {
            Task<LibvirtConnectionLostException>[] calls =
            [
                .. Enumerable.Range(0, 10).Select(_ =>
                    Assert.ThrowsAsync<LibvirtConnectionLostException>(() => hypervisor.DefineDomainXmlAsync(text).AsTask().WaitAsync(Limit))),
            ];
            LibvirtConnectionLostException[] lost = await Task.WhenAll(calls);
            AssertFound(lost[0], silence);
            // Those that found no place on the wire are known not to have been sent.
            Assert.Contains(lost, one => !one.Sent);
        }
        finally
        {
            daemon.Thaw();
        }

        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    private static void AssertFound(LibvirtConnectionLostException lost, Stopwatch silence)
    {
        Assert.True(lost.Sent);
        Assert.IsType<TimeoutException>(lost.InnerException);
        TestContext.Current.TestOutputHelper?.WriteLine($"Found after {silence.Elapsed.TotalSeconds:0.00} s; the bound is {Bound.TotalSeconds:0} s.");
    }
}
