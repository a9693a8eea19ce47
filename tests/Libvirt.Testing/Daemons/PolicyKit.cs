using System.Diagnostics;

namespace Libvirt.Testing;

/// <summary>
/// A private system bus with a polkitd on it, which knows libvirt's one action and lets one user manage guests. Who else asks would have to give an
/// administrator's password, for which there is nobody to ask. Needs root, as polkitd does.
/// </summary>
public sealed class PolicyKit : IAsyncDisposable
{
    /// <summary>The user who may manage guests: Debian's "daemon".</summary>
    public const int AllowedUser = 1;

    /// <summary>A user of whom no rule speaks: Debian's "bin".</summary>
    public const int UnknownUser = 2;

    /// <summary>A user whom a rule refuses: Debian's "sys".</summary>
    public const int ForbiddenUser = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Reaper _reaper;
    private readonly List<Process> _processes = [];

    private PolicyKit(Reaper reaper) => _reaper = reaper;

    /// <summary>Why this process cannot start one; null when it can.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        CommandResult view = await Command.RunAsync("unshare", ["--mount", "true"]);
        return view.ExitCode == 0 ? null : $"polkitd needs root and a view of the file system of its own: {view.Error}";
    }

    /// <summary>What a daemon needs in its environment to find the bus.</summary>
    public Dictionary<string, string> Environment => new() { ["DBUS_SYSTEM_BUS_ADDRESS"] = $"unix:path={BusPath}" };

    private string BusPath => Path.Combine(_reaper.Directory, "bus");

    /// <summary>Starts the bus and polkitd, and waits until it answers.</summary>
    public static async Task<PolicyKit> StartAsync()
    {
        PolicyKit policyKit = new(Reaper.Create());
        try
        {
            await policyKit.WriteFilesAsync();
            await policyKit.LaunchAsync();
            return policyKit;
        }
        catch
        {
            await policyKit.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        foreach (Process process in _processes)
            process.Dispose();
    }

    private async Task WriteFilesAsync()
    {
        foreach (string name in (string[])["actions", "rules", "nothing"])
            Directory.CreateDirectory(Path.Combine(_reaper.Directory, name));
        await WriteAsync("bus.conf", $"""
            <busconfig>
              <listen>unix:path={BusPath}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_destination="*"/>
                <allow receive_sender="*"/>
              </policy>
            </busconfig>
            """);
        // The daemon under test is no system daemon: as the action's owner it may ask about other users.
        await WriteAsync("actions/org.libvirt.unix.policy", """
            <?xml version="1.0" encoding="UTF-8"?>
            <policyconfig>
              <action id="org.libvirt.unix.manage">
                <description>Manage guests</description>
                <message>Managing guests needs an administrator</message>
                <defaults>
                  <allow_any>auth_admin_keep</allow_any>
                  <allow_inactive>auth_admin_keep</allow_inactive>
                  <allow_active>auth_admin_keep</allow_active>
                </defaults>
                <annotate key="org.freedesktop.policykit.owner">unix-user:nobody</annotate>
              </action>
            </policyconfig>
            """);
        await WriteAsync("rules/10.rules", """
            polkit.addRule(function(action, subject) {
                if (subject.user == "daemon")
                    return polkit.Result.YES;
                if (subject.user == "sys")
                    return polkit.Result.NO;
            });
            """);
    }

    private async Task LaunchAsync()
    {
        Start("exec dbus-daemon --config-file=bus.conf --nofork --nopidfile");
        await Eventually.IsTrueAsync(() => File.Exists(BusPath), StartLimit, Log);
        // polkitd reads these directories and no others: it gets its own view of them.
        Start("""
            mount --bind actions /usr/share/polkit-1/actions &&
            mount --bind rules /etc/polkit-1/rules.d &&
            mount --bind nothing /usr/share/polkit-1/rules.d &&
            exec /usr/lib/polkit-1/polkitd
            """);
        await Eventually.GetAsync(HasPolkitAsync, has => has, StartLimit, Log);
    }

    private void Start(string script)
    {
        ProcessStartInfo info = new("unshare") { WorkingDirectory = _reaper.Directory };
        foreach (string argument in (string[])["--mount", "setpriv", "--pdeathsig=KILL", "sh", "-c", $"exec >>log 2>&1 </dev/null; {script}"])
            info.ArgumentList.Add(argument);
        foreach ((string name, string value) in Environment)
            info.Environment[name] = value;
        _processes.Add(ProcessStarter.Start(info));
    }

    private async Task<bool> HasPolkitAsync()
    {
        CommandResult answer = await Command.RunAsync(
            "dbus-send",
            [$"--bus=unix:path={BusPath}", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.PolicyKit1"]);
        return answer.ExitCode == 0;
    }

    private string Log()
    {
        string file = Path.Combine(_reaper.Directory, "log");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_reaper.Directory, name), text);
}
