using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Streams;

/// <summary>Asks the kernel where a file has holes. Where it cannot say, there are none.</summary>
internal static partial class FileHoles
{
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const int NoSuchAddress = 6;

    /// <summary>How many bytes from <paramref name="position"/> on are a hole.</summary>
    public static long LengthAt(SafeFileHandle file, long position, long fileLength)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        long data = Seek(file, position, SeekData);
        if (data >= 0)
            return data - position;
        // No data from there on: all of the rest is one hole.
        return Marshal.GetLastPInvokeError() == NoSuchAddress ? fileLength - position : 0;
    }

    /// <summary>How many bytes from <paramref name="position"/> on, where data is, are data.</summary>
    public static long LengthOfDataAt(SafeFileHandle file, long position, long fileLength)
    {
        long hole = OperatingSystem.IsLinux() ? Seek(file, position, SeekHole) : fileLength;
        return hole > position ? hole - position : fileLength - position;
    }

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int whence);
}
