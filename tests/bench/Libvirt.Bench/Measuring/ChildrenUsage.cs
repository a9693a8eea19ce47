using System.Runtime.InteropServices;

namespace Libvirt.Bench.Measuring;

/// <summary>The processor time of this process's children that have ended, which .NET has no API for.</summary>
internal static partial class ChildrenUsage
{
    private const int Children = -1;

    /// <summary>User and system time, all children together.</summary>
    public static TimeSpan Cpu
    {
        get
        {
            if (GetUsage(Children, out Usage usage) != 0)
                throw new InvalidOperationException($"getrusage failed: error {Marshal.GetLastPInvokeError()}");
            return TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
                + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, out Usage usage);

    // The kernel's struct has 18 words; the first four are the times.
    [StructLayout(LayoutKind.Sequential, Size = 18 * 8)]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
