using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>Who of the runtime and virsh gets in by the same URI.</summary>
internal static class BesideVirsh
{
    public static async Task<string> WhoGetsInAsync(string uri, HypervisorOptions? options = null)
    {
        Exception? error = await Record.ExceptionAsync(async () =>
        {
            await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(uri, (options ?? new HypervisorOptions()) with { Reconnect = false });
            await hypervisor.ListAllDomainsAsync();
        });
        CommandResult virsh = await Virsh.On(uri).TryAsync("list", "--all");

        Assert.True(error is null or LibvirtConnectException, $"{error}");
        return (error is null, virsh.ExitCode == 0) switch
        {
            (true, true) => "both",
            (false, false) => "nobody",
            (true, false) => "the runtime",
            (false, true) => $"virsh alone: {error!.Message}",
        };
    }
}
