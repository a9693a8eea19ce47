namespace Libvirt.Simulator.Tests;

/// <summary>
/// Where the simulator, which plays QEMU's driver, ends a command otherwise than libvirt's test driver, and why. Everything else must agree.
/// </summary>
internal static class KnownDifferences
{
    /// <summary>Commands that one of the two does and the other refuses.</summary>
    public static IReadOnlyDictionary<string, string> Outcomes { get; } = new Dictionary<string, string>
    {
        ["domjobinfo test"] = "The test driver has no jobs; QEMU's driver reports that none is running.",
        ["net-destroy lab"] = "The test driver accepts stopping a stopped network; the network driver refuses.",
        ["vol-resize one 2M --pool default-pool"] = "The test driver cannot resize; the storage driver can.",
        ["guestinfo test"] = "The test driver's guest has no agent; the simulated one has.",
        ["nodedev-list"] = "The test driver refuses a flag that virsh sets; the simulated host has no node devices to list.",
        ["domdisplay test"] = "The test driver's guest has no screen; the simulated one has.",
    };

    /// <summary>Commands that both refuse, in other words.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["domblkinfo test nosuch"] = "QEMU's driver words it this way.",
        ["define BAD.XML"] = "The XML parser is another one.",
        ["net-start lab"] = "The network driver words it this way.",
        ["pool-start iso"] = "The storage driver words it this way.",
        ["vol-list iso"] = "The storage driver words it this way.",
        ["vol-create-as default-pool one 1M"] = "The storage driver has a code of its own for it.",
    };
}
