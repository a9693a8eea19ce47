namespace Libvirt.Transports;

/// <summary>
/// Finds the programs that the runtime starts, such as ssh. <see cref="System.Diagnostics.Process"/> also searches beside the executable and in the current
/// directory, where another user may have placed a program of that name.
/// </summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a program.</summary>
    /// <param name="program">An absolute path, which is returned as it is, or a name that is looked up in the absolute directories of PATH.</param>
    /// <exception cref="LibvirtConnectException">It is a relative path, or no directory of PATH has an executable file of that name.</exception>
    public static string Resolve(string program) => Resolve(program, Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static string Resolve(string program, string searchPath)
    {
        if (Path.IsPathFullyQualified(program))
            return program;
        if (program.Length == 0 || program.Contains(Path.DirectorySeparatorChar) || program.Contains(Path.AltDirectorySeparatorChar))
        {
            throw new LibvirtConnectException(
                ConnectFailure.UnsupportedUri, $"The program '{program}' is given by a relative path. Use an absolute path, or a name that is found in the directories of PATH.");
        }

        return Candidates(program, searchPath).FirstOrDefault(IsExecutable)
            ?? throw new LibvirtConnectException(
                ConnectFailure.TunnelFailed, $"The program '{program}' was not found in the directories of PATH ({searchPath}). Install it, or name it by an absolute path.");
    }

    // An empty or relative entry of PATH means a directory that depends on where the program was started.
    private static IEnumerable<string> Candidates(string program, string searchPath) =>
        from directory in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        where Path.IsPathFullyQualified(directory)
        from name in OperatingSystem.IsWindows() ? [program, program + ".exe"] : (string[])[program]
        select Path.Combine(directory, name);

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & AnyExecute) != 0);
}
