using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>Consoles on the main connection.</summary>
internal static class SharedConsole
{
    /// <summary>When: a console is asked for.</summary>
    public static Task<LibvirtStream> OpeningAsync(SupervisionScenario scenario) =>
        new Domain(scenario.Hypervisor, new RemoteDomain("guest", Guid.Empty, 1))
            .OpenConsoleAsync(options: StreamOptions.Default with { SharesConnection = true }).AsTask();

    /// <summary>When: the daemon opens it.</summary>
    public static async Task<SentFrame> AcceptAsync(SupervisionScenario scenario)
    {
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        await scenario.Daemon.ReplyAsync(call, XdrVoid.Value);
        return call;
    }

    /// <summary>Given: an open console.</summary>
    public static async Task<LibvirtStream> OpenAsync(SupervisionScenario scenario)
    {
        Task<LibvirtStream> opening = OpeningAsync(scenario);
        await AcceptAsync(scenario);
        return await opening.InTimeAsync("Opening the console");
    }
}
