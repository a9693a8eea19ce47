namespace Libvirt;

/// <summary>One parameter that a URI may have.</summary>
/// <param name="Name">libvirt's name. Case does not matter.</param>
/// <param name="Transports">Where it means something; empty for everywhere.</param>
/// <param name="Apply">Takes a value in; a <see cref="FormatException"/> says what is wrong with it.</param>
internal sealed record UriParameter(string Name, UriTransport[] Transports, Func<UriParameters, string, UriParameters> Apply)
{
    private static readonly UriTransport[] Everywhere = [];
    private static readonly UriTransport[] Tls = [UriTransport.Tls];
    private static readonly UriTransport[] Ssh = [UriTransport.Ssh];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, UriParameter> All { get; } = new UriParameter[]
    {
        new("name", Everywhere, (p, value) => p with { Name = value }),
        new("socket", [UriTransport.Unix, UriTransport.Ssh], (p, value) => p with { Socket = value }),
        new("mode", [UriTransport.Unix, UriTransport.Ssh], (p, value) => p with { Mode = OneOf<DaemonMode>(value) }),
        new("command", [UriTransport.Ssh, UriTransport.Ext], (p, value) => p with { Command = value }),
        new("netcat", Ssh, (p, value) => p with { Netcat = value }),
        new("keyfile", Ssh, (p, value) => p with { KeyFile = value }),
        new("known_hosts", Ssh, (p, value) => p with { KnownHosts = value }),
        new("known_hosts_verify", Ssh, (p, value) => p with { KnownHostsVerify = OneOf<KnownHostsVerify>(value) }),
        new("sshauth", Ssh, (p, value) => p with { SshAuth = SshAuthentication.Parse(value) }),
        new("proxy", Ssh, (p, value) => p with { Proxy = OneOf<SshProxy>(value) }),
        new("no_tty", Ssh, (p, value) => p with { NoTty = Flag(value) }),
        new("no_verify", [UriTransport.Tls, UriTransport.Ssh], (p, value) => p with { NoVerify = Flag(value) }),
        new("no_sanity", Tls, (p, value) => p with { NoSanity = Flag(value) }),
        new("pkipath", Tls, (p, value) => p with { PkiPath = value }),
        new("tls_priority", Tls, (_, _) => throw new FormatException(
            "is a priority string of GnuTLS, which .NET's TLS cannot honour. Leave it out: versions and ciphers follow the system's OpenSSL configuration")),
        new("auth", Everywhere, (p, value) => p with { Auth = value }),
        new("authfile", Everywhere, (p, value) => p with { AuthFile = value }),
    }.ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);

    private static bool Flag(string value) =>
        int.TryParse(value, out int number) ? number != 0 : throw new FormatException($"is '{value}'; it can be 1 or 0");

    private static T OneOf<T>(string value)
        where T : struct, Enum
    {
        if (char.IsAsciiLetter(value[0]) && Enum.TryParse(value, ignoreCase: true, out T result) && Enum.IsDefined(result))
            return result;
        string[] names = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
        throw new FormatException($"is '{value}'; it can be {string.Join(", ", names[..^1])} or {names[^1]}");
    }
}
