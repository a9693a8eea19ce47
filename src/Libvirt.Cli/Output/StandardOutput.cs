using System.Runtime.InteropServices;

namespace Libvirt.Cli.Output;

/// <summary>Who reads standard output. Writing does not tell: what nobody can read any more is dropped without an error.</summary>
internal static partial class StandardOutput
{
    private const int Number = 1;
    private const short Error = 0x8;

    /// <summary>Whether it is a pipe whose reader has gone, as <c>head</c> does. Always false where that cannot be known.</summary>
    public static bool HasLostItsReader
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return false;
            Polled output = new() { Descriptor = Number, Wanted = 0, Happened = 0 };
            return Poll(ref output, 1, 0) > 0 && (output.Happened & Error) != 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Polled descriptor, nuint count, int timeout);

    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
