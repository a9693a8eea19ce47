using System.Diagnostics;

namespace Libvirt.Testing;

/// <summary>
/// A temporary directory that never outlives this process, nor does any process that names it on its command line or in
/// its environment. A small shell outside waits for the end of a pipe; however this process ends, the pipe ends with it.
/// </summary>
internal sealed class Reaper : IAsyncDisposable
{
    // grep takes the directory from its input, so that neither it nor this shell names it and kills itself.
    private const string Script =
        """
        trap '' HUP INT TERM
        read -r directory
        mkdir -m 0755 "$directory" && echo made
        cat >/dev/null
        round=0
        while [ $round -lt 100 ]; do
            found=$(echo "$directory" | grep -lsaF -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ | cut -d/ -f3 | sort -u)
            [ -n "$found" ] || break
            kill -9 $found 2>/dev/null
            round=$((round + 1))
            [ $round -lt 3 ] || sleep 0.1
        done
        rm -rf "$directory"
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _shell;
    private bool _isDone;

    private Reaper(string directory, Process shell) => (Directory, _shell) = (directory, shell);

    /// <summary>The directory; short enough for socket paths below it, and readable by everybody.</summary>
    public string Directory { get; }

    /// <summary>Makes a new directory, watched from the start.</summary>
    public static Reaper Create()
    {
        ProcessStartInfo info = new("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true };
        info.ArgumentList.Add("sh");
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(Script);
        Process shell = Process.Start(info) ?? throw new InvalidOperationException("sh did not start");
        string directory = Path.Combine(Root, $"lv{Guid.NewGuid():N}"[..12]);
        shell.StandardInput.WriteLine(directory);
        shell.StandardInput.Flush();
        if (shell.StandardOutput.ReadLine() != "made")
            throw new InvalidOperationException($"{directory} could not be made");
        return new Reaper(directory, shell);
    }

    /// <summary>Kills the processes and removes the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDone)
            return;
        _isDone = true;
        _shell.StandardInput.Close();
        using CancellationTokenSource bound = new(Limit);
        await _shell.WaitForExitAsync(bound.Token);
        _shell.Dispose();
        if (System.IO.Directory.Exists(Directory))
            throw new InvalidOperationException($"{Directory} could not be removed");
    }

    // A socket's path has room for 107 bytes; a long TMPDIR would use them up.
    private static string Root => Path.GetTempPath().Length <= 20 ? Path.GetTempPath() : "/tmp";
}
