namespace Libvirt.Testing;

/// <summary>How a private daemon is configured; what is absent stays at libvirtd's own default.</summary>
public sealed record LibvirtDaemonOptions
{
    /// <summary>Which daemon: libvirtd, or one of <see cref="ModularDaemons"/>.</summary>
    public string Program { get; init; } = "libvirtd";

    /// <summary>A daemon of the same user, whose directories it shares; it ends with that one at the latest.</summary>
    public LibvirtDaemon? Beside { get; init; }

    /// <summary>Whether to listen on a free loopback port as well.</summary>
    public bool ListenTcp { get; init; }

    /// <summary>Calls of one client that the daemon works on before it stops reading that client (libvirtd: 5).</summary>
    public int? MaxClientRequests { get; init; }

    /// <summary>Clients at one time (libvirtd: 5000).</summary>
    public int? MaxClients { get; init; }

    /// <summary>Seconds of silence before the daemon sends a ping; -1 turns it off (libvirtd: 5).</summary>
    public int? KeepAliveInterval { get; init; }

    /// <summary>Unanswered pings after which the daemon closes (libvirtd: 5).</summary>
    public int? KeepAliveCount { get; init; }

    /// <summary>Authentication on the unix socket: none, sasl or polkit.</summary>
    public string AuthUnix { get; init; } = "none";

    /// <summary>Authentication on TCP: none or sasl.</summary>
    public string AuthTcp { get; init; } = "none";

    /// <summary>What goes to the daemon's log: 1 debug, 2 information, 3 warnings, 4 errors.</summary>
    public int LogLevel { get; init; } = 3;

    /// <summary>Further lines of its configuration file: names and values, strings with their quotes. They come before what the other properties say.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further variables of the daemon's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
