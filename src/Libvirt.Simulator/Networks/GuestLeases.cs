namespace Libvirt.Simulator;

/// <summary>The addresses of running guests on the host's networks; each follows from the interface's MAC address.</summary>
internal static class GuestLeases
{
    public const uint Prefix = 24;

    public static IEnumerable<GuestLease> Of(SimulatedDomain domain)
    {
        domain.EnsureActive();
        return domain.Current.Interfaces.Where(i => i.Network is not null && i.Target is not null)
            .Select(i => new GuestLease(domain, i.Target!, i.Mac, Address(i.Mac)));
    }

    public static IEnumerable<GuestLease> On(SimulatedNetwork network, SimulatedHost host) =>
        host.Domains.All.Where(d => d.IsActive).SelectMany(d => d.Current.Interfaces
            .Where(i => i.Network == network.Name && i.Target is not null)
            .Select(i => new GuestLease(d, i.Target!, i.Mac, Address(i.Mac))));

    private static string Address(string mac)
    {
        int last = 2 + (StableUuid.From("lease", mac).ToByteArray()[0] % 250);
        return $"192.168.122.{last}";
    }
}
