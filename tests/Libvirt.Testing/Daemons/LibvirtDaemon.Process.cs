using System.Diagnostics;
using System.Globalization;

namespace Libvirt.Testing;

public sealed partial class LibvirtDaemon
{
    // Debian's nobody and nogroup: a user without any rights that exists everywhere.
    private const uint Nobody = 65534;

    /// <summary>The user the daemon runs as: nobody where the tests run as root, else the tests' own.</summary>
    private static uint UserId => Posix.EffectiveUserId == 0 ? Nobody : Posix.EffectiveUserId;

    private async Task PrepareAsync()
    {
        if (_options.Program != "libvirtd")
        {
            // Another process copies it, so that none which is started meanwhile holds the copy open for writing: it could not be run then.
            string program = await ModularDaemons.PathOfAsync(_options.Program);
            (await Command.RunAsync("cp", ["--preserve=mode", program, Path.Combine(Directory, _options.Program)])).EnsureSuccess();
        }

        if (_options.Beside is not null)
            return;
        foreach (string name in (string[])["home", "run", "config", "cache", "data"])
            System.IO.Directory.CreateDirectory(Path.Combine(Directory, name));
        await File.WriteAllTextAsync(LogPath, "");
        string drivers = Path.Combine(Directory, "config", "libvirt");
        System.IO.Directory.CreateDirectory(drivers);
        await File.WriteAllTextAsync(Path.Combine(drivers, "qemu.conf"), DaemonConfiguration.RenderQemu());
        if (Posix.EffectiveUserId == 0)
            (await Command.RunAsync("chown", ["-R", $"{Nobody}:{Nobody}", Directory])).EnsureSuccess();
    }

    private Process StartProcess()
    {
        ProcessStartInfo info = new("sh") { WorkingDirectory = Directory };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add($"exec \"$@\" >>{_options.Program}.log 2>&1 </dev/null");
        info.ArgumentList.Add("sh");
        info.ArgumentList.Add("setpriv");
        if (Posix.EffectiveUserId == 0)
        {
            string id = Nobody.ToString(CultureInfo.InvariantCulture);
            info.ArgumentList.Add($"--reuid={id}");
            info.ArgumentList.Add($"--regid={id}");
            info.ArgumentList.Add("--clear-groups");
        }
        info.ArgumentList.Add("--pdeathsig=KILL");
        // The user it runs as may not be able to read where the modular ones are kept.
        info.ArgumentList.Add(_options.Program == "libvirtd" ? "libvirtd" : Path.Combine(Directory, _options.Program));
        if (_options is { ListenTcp: true, Program: "libvirtd" })
            info.ArgumentList.Add("--listen");
        info.ArgumentList.Add("--config");
        info.ArgumentList.Add(ConfigurationPath);
        info.ArgumentList.Add("--pid-file");
        info.ArgumentList.Add(Path.Combine(Directory, $"{_options.Program}.pid"));
        SetEnvironment(info);
        return ProcessStarter.Start(info);
    }

    // Nothing of the caller's environment reaches the daemon: a session bus or a proxy setting would change what it does.
    private void SetEnvironment(ProcessStartInfo info)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        info.Environment.Clear();
        info.Environment["PATH"] = $"{path}:/usr/sbin:/usr/bin:/sbin:/bin";
        info.Environment["LC_ALL"] = "C";
        info.Environment["HOME"] = Path.Combine(Directory, "home");
        info.Environment["XDG_RUNTIME_DIR"] = RuntimeDirectory;
        info.Environment["XDG_CONFIG_HOME"] = Path.Combine(Directory, "config");
        info.Environment["XDG_CACHE_HOME"] = Path.Combine(Directory, "cache");
        info.Environment["XDG_DATA_HOME"] = Path.Combine(Directory, "data");
        foreach ((string name, string value) in _options.Environment)
            info.Environment[name] = value;
    }
}
