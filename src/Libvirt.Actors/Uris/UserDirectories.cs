namespace Libvirt;

/// <summary>Where libvirt's client looks for its files and sockets, which depends on the user.</summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="isRoot">Whether the process may do everything.</param>
internal sealed class UserDirectories(Func<string, string?> environment, bool isRoot)
{
    /// <summary>Those of this process.</summary>
    public static UserDirectories System { get; } = new(Environment.GetEnvironmentVariable, Environment.IsPrivilegedProcess);

    public bool IsRoot => isRoot;

    public string Home => environment("HOME") is { Length: > 0 } home ? home : "/";

    /// <summary>The user's own configuration.</summary>
    public string UserConfiguration => Path.Combine(
        environment("XDG_CONFIG_HOME") is { Length: > 0 } configured ? configured : Path.Combine(Home, ".config"), "libvirt");

    /// <summary>The configuration of the whole machine.</summary>
    public static string SystemConfiguration => "/etc/libvirt";

    /// <summary>Where libvirt.conf lies: root has the machine's.</summary>
    public string ClientConfiguration => isRoot ? SystemConfiguration : UserConfiguration;

    /// <summary>Where session daemons have their sockets.</summary>
    public string SessionSockets
    {
        get
        {
            if (environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
                return Path.Combine(runtime, "libvirt");
            string cache = environment("XDG_CACHE_HOME") is { Length: > 0 } configured ? configured : Path.Combine(Home, ".cache");
            return Path.Combine(cache, "libvirt");
        }
    }

    public string? Variable(string name) => environment(name);
}
