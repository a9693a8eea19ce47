using System.Globalization;

namespace Libvirt.Transports;

/// <summary>
/// The ssh command line of a URI. The system's own client makes the tunnel, so that the user's configuration, agent and jump hosts count; on the far
/// side <c>virt-ssh-helper</c> or netcat leads on to the daemon's socket.
/// </summary>
internal static class SshCommand
{
    // /run may be missing on an old far side; whoever has /run has this as a link to it.
    private const string SystemSockets = "/var/run/libvirt";

    public static ProcessEndpoint Build(LibvirtUri uri, bool readOnly, TimeSpan connectTimeout)
    {
        UriParameters parameters = uri.Parameters;
        string host = uri.Host ?? "localhost";
        List<string> arguments = [];
        if (uri.Port is { } port)
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (uri.User is { } user)
            arguments.AddRange(["-l", user]);
        arguments.AddRange(SshAuthentication.Options(parameters.SshAuth, parameters.KeyFile));
        // Whatever the user's configuration says of terminals and escape characters: what passes is no text.
        arguments.AddRange(["-T", "-e", "none"]);
        if (parameters.NoTty)
            arguments.AddRange(["-o", "BatchMode=yes"]);
        arguments.AddRange(HostKeyChecking(parameters));
        // Bounds a tunnel whose owner has died before ssh reached the host, too: from then on the end of its input ends it. The owner's own limit comes
        // first, so that who waits in vain is told of a time-out each time and not, now and then, of a tunnel that failed.
        double limit = Math.Ceiling(connectTimeout.TotalSeconds) + 1;
        arguments.AddRange(["-o", $"ConnectTimeout={limit.ToString(CultureInfo.InvariantCulture)}"]);
        arguments.AddRange(["--", host, $"sh -c {Quote(FarSide(uri, readOnly))}"]);
        return new ProcessEndpoint(parameters.Command ?? "ssh", arguments, host, IsSshTunnel: true)
        {
            VerifiesHostKey = parameters.KnownHostsVerify != KnownHostsVerify.Ignore && !parameters.NoVerify,
        };
    }

    /// <summary>What the far side's shell runs.</summary>
    internal static string FarSide(LibvirtUri uri, bool readOnly)
    {
        UriParameters parameters = uri.Parameters;
        if (parameters.Mode == DaemonMode.Direct && parameters.Socket is null && parameters.Proxy == SshProxy.Netcat)
            throw Unsupported($"'{uri}' asks netcat for mode=direct. Name the far side's socket with the parameter socket, or leave the proxy to virt-ssh-helper.");
        if (parameters.Proxy == SshProxy.Native && (parameters.Socket ?? parameters.Netcat) is not null)
            throw Unsupported($"'{uri}' asks for proxy=native, and virt-ssh-helper finds the socket by itself: leave out the parameters socket and netcat.");

        string helper = $"exec virt-ssh-helper {(readOnly ? "-r " : "")}{Quote(uri.DriverName)}";
        bool netcatIsMeant = parameters.Proxy == SshProxy.Netcat || parameters.Socket is not null || parameters.Netcat is not null;
        return netcatIsMeant ? Netcat(uri, readOnly)
            : parameters.Proxy == SshProxy.Native ? helper
            : $"if command -v virt-ssh-helper >/dev/null 2>&1; then {helper}; fi; {Netcat(uri, readOnly)}";
    }

    private static string Netcat(LibvirtUri uri, bool readOnly)
    {
        UriParameters parameters = uri.Parameters;
        string program = Quote(parameters.Netcat ?? "nc");
        if (parameters.Socket is null && uri.Path == "/session")
        {
            return parameters.Proxy == SshProxy.Netcat || parameters.Netcat is not null
                ? throw Unsupported($"'{uri}' asks netcat for a session daemon, whose socket only the far side knows. Name it with the parameter socket, or use virt-ssh-helper.")
                : "echo 'virt-ssh-helper is not installed here, and a session daemon cannot be reached without it' >&2; exit 1";
        }

        string socket = Quote(parameters.Socket ?? $"{SystemSockets}/libvirt-sock{(readOnly ? "-ro" : "")}");
        // Some netcats linger when their input ends, unless they are told not to by an option that the others do not have.
        return $"if {program} -q 2>&1 | grep -q 'requires an argument'; then exec {program} -q 0 -U {socket}; fi; exec {program} -U {socket}";
    }

    private static string[] HostKeyChecking(UriParameters parameters)
    {
        // Whose key is not looked at is not remembered either; ssh would write it down.
        if (parameters.KnownHostsVerify == KnownHostsVerify.Ignore)
            return ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null"];
        string[] checking = parameters.NoVerify ? ["-o", "StrictHostKeyChecking=no"]
            : parameters.KnownHostsVerify == KnownHostsVerify.Auto ? ["-o", "StrictHostKeyChecking=accept-new"]
            : [];
        return parameters.KnownHosts is { } path ? [.. checking, "-o", $"UserKnownHostsFile={FileName(path)}"] : checking;
    }

    // ssh takes several files, so that a name with spaces needs quotes; and a percent sign begins a name of its own.
    private static string FileName(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal)}\"";

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static LibvirtConnectException Unsupported(string text) => new(ConnectFailure.UnsupportedUri, text);
}
