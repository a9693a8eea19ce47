namespace Libvirt.Transports;

/// <summary>The daemons that serve one driver each, by driver.</summary>
internal static class ModularDaemons
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["qemu"] = "virtqemud",
        ["lxc"] = "virtlxcd",
        ["xen"] = "virtxend",
        ["ch"] = "virtchd",
        ["bhyve"] = "virtbhyved",
        ["vz"] = "virtvzd",
        ["vbox"] = "virtvboxd",
        ["network"] = "virtnetworkd",
        ["storage"] = "virtstoraged",
        ["interface"] = "virtinterfaced",
        ["nodedev"] = "virtnodedevd",
        ["nwfilter"] = "virtnwfilterd",
        ["secret"] = "virtsecretd",
    };

    /// <summary>Those with guests, in the order in which one is looked for where the URI leaves the choice.</summary>
    public static IReadOnlyList<string> Hypervisors { get; } = ["virtqemud", "virtlxcd", "virtxend", "virtchd", "virtbhyved", "virtvzd", "virtvboxd"];

    /// <summary>Whether there is a daemon of that name beside libvirtd.</summary>
    public static bool IsDaemon(string name) => Names.ContainsValue(name) || name is "virtproxyd" or "virtlogd" or "virtlockd";

    /// <summary>The daemon of a driver; null when it has none of its own.</summary>
    public static string? Of(string driver) => Names.GetValueOrDefault(driver);
}
