using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>One attempt after the other through a proxy that cuts the daemon's half of the handshake one byte later each time, until one comes through.</summary>
internal static class CutHandshake
{
    private const int MostBytes = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="proxy">Where the URI leads to.</param>
    /// <param name="uri">The URI.</param>
    /// <param name="options">Options that open the door when nothing is cut.</param>
    /// <param name="step">How much later the next cut is, from the place of the last one.</param>
    /// <param name="documented">The reasons that a cut may have.</param>
    /// <returns>How many attempts were cut.</returns>
    public static async Task<int> AtEveryByteAsync(
        CuttingProxy proxy, string uri, HypervisorOptions options, Func<int, int> step, params ConnectFailure[] documented)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        int attempts = 0;
        for (proxy.Cut = 0; ; proxy.Cut += step(proxy.Cut), attempts++)
        {
            Exception? error = await Record.ExceptionAsync(async () => await (await runtime.ConnectAsync(uri, options)).DisposeAsync());
            await proxy.ClientGoneAsync().WaitAsync(Patience);
            if (error is null)
                return attempts;
            // Far beyond any handshake something else must be wrong: say what, instead of cutting for ever.
            Assert.True(proxy.Cut <= MostBytes, $"{uri} was not connected even with {proxy.Cut} bytes let through: {error}");
            LibvirtConnectException refused = Assert.IsType<LibvirtConnectException>(error);
            Assert.True(documented.Contains(refused.Reason), $"Cut after {proxy.Cut} bytes: {refused.Reason}, {refused}");
        }
    }

    /// <summary>One attempt through a proxy that falls silent after the cut.</summary>
    public static async Task StallsAsync(CuttingProxy proxy, string uri, HypervisorOptions options, int cut)
    {
        (proxy.Cut, proxy.Stalls) = (cut, true);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            () => Hypervisor.ConnectAsync(uri, options with { ConnectTimeout = TimeSpan.FromMilliseconds(300) }).AsTask());
        await proxy.ClientGoneAsync().WaitAsync(Patience);

        Assert.Equal(ConnectFailure.TimedOut, error.Reason);
    }
}
