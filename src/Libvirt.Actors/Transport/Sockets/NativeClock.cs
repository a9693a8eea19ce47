using System.Runtime.InteropServices;

namespace Libvirt.Transport;

/// <summary>Linux's own sleep: the runtime's knows no less than a millisecond.</summary>
internal static unsafe partial class NativeClock
{
    /// <summary>Sleeps for less than a second, or until a signal comes.</summary>
    public static void Sleep(TimeSpan time)
    {
        // struct timespec: seconds and nanoseconds, each a word.
        nint* request = stackalloc nint[] { 0, (nint)time.TotalNanoseconds };
        _ = Sleep(request, null);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(nint* request, nint* remaining);
}
