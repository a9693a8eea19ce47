using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Opens regular files only: a pipe would block its reader, and a device may never end.</summary>
internal static partial class RegularFile
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <exception cref="IOException">The file is missing, or not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream Open(string path)
    {
        FileStream file = new(OpenHandle(path), FileAccess.Read, bufferSize: 0);
        // A pipe or a terminal cannot seek; a device has content and no length, as have the files of the kernel.
        if (file.CanSeek && (file.Length > 0 || file.ReadByte() < 0))
            return file;
        file.Dispose();
        throw new IOException("It is not a regular file.");
    }

    private static SafeFileHandle OpenHandle(string path)
    {
        // File.OpenHandle waits for the writer of a pipe.
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path);
        SafeFileHandle handle = new(Open(path, ReadOnly | NonBlocking | CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid)
            return handle;
        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        string message = Marshal.GetPInvokeErrorMessage(error);
        throw error is 1 or 13 ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
