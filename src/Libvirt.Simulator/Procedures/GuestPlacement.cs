namespace Libvirt.Simulator;

/// <summary>On which of the host's CPUs guests run: on all of them.</summary>
internal static class GuestPlacement
{
    /// <summary>A map of <paramref name="length"/> bytes with a bit for each CPU.</summary>
    public static byte[] AllCpus(int cpus, int length)
    {
        byte[] map = new byte[Math.Max(0, length)];
        for (int cpu = 0; cpu < Math.Min(cpus, map.Length * 8); cpu++)
            map[cpu / 8] |= (byte)(1 << cpu % 8);
        return map;
    }
}
