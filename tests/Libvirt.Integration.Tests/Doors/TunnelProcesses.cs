namespace Libvirt.Integration.Doors;

/// <summary>The processes of a tunnel, by a word of their command lines that no other tunnel has.</summary>
internal static class TunnelProcesses
{
    /// <summary>Whether any process, whosever child it is, was started with this word among its arguments.</summary>
    public static bool AnyWith(string word) => Directory.GetDirectories("/proc")
        .Where(directory => Path.GetFileName(directory).All(char.IsAsciiDigit))
        .Any(directory => Words(directory).Contains(word));

    // A process that has just ended has no command line, or no directory.
    private static string[] Words(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline")).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
