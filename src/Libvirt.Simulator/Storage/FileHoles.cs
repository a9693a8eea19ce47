using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Simulator;

/// <summary>Holes of files, by the kernel. Where it knows none, all of a file is data and what is punched is written with zeros.</summary>
internal static partial class FileHoles
{
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const int NoSuchAddress = 6;
    private const int KeepSizeAndPunchHole = 3;

    private static readonly byte[] Zeros = new byte[64 << 10];

    /// <summary>How many bytes from <paramref name="position"/> on are a hole.</summary>
    public static long LengthAt(SafeFileHandle file, long position, long end)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        long data = Seek(file, position, SeekData);
        if (data >= 0)
            return Math.Min(data, end) - position;
        // No data from there on: all of the rest is one hole.
        return Marshal.GetLastPInvokeError() == NoSuchAddress ? end - position : 0;
    }

    /// <summary>How many bytes from <paramref name="position"/> on, where data is, are data.</summary>
    public static long LengthOfDataAt(SafeFileHandle file, long position, long end)
    {
        long hole = OperatingSystem.IsLinux() ? Seek(file, position, SeekHole) : end;
        return hole > position ? Math.Min(hole, end) - position : end - position;
    }

    /// <summary>Makes a stretch within the file a hole.</summary>
    public static void Punch(SafeFileHandle file, long position, long length)
    {
        if (length <= 0 || OperatingSystem.IsLinux() && Allocate(file, KeepSizeAndPunchHole, position, length) == 0)
            return;
        for (long done = 0; done < length; done += Zeros.Length)
            RandomAccess.Write(file, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, length - done)), position + done);
    }

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
