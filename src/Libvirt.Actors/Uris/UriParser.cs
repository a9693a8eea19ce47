using System.Diagnostics.CodeAnalysis;

namespace Libvirt;

/// <summary>Takes libvirt URIs apart. Every refusal names the part that it is about.</summary>
internal static class UriParser
{
    private static readonly Dictionary<string, UriTransport> Transports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unix"] = UriTransport.Unix,
        ["tcp"] = UriTransport.Tcp,
        ["tls"] = UriTransport.Tls,
        ["ssh"] = UriTransport.Ssh,
        ["libssh"] = UriTransport.Ssh,
        ["libssh2"] = UriTransport.Ssh,
        ["ext"] = UriTransport.Ext,
    };

    // Whom libvirt logs in as by these libraries, which read no configuration of ssh's.
    private const string LibrarysUser = "root";

    public static bool TryParse(string text, [NotNullWhen(true)] out LibvirtUri? uri, [NotNullWhen(false)] out string? error)
    {
        uri = null;
        error = Parse(text, out LibvirtUri? parsed);
        if (error is not null)
            return false;
        uri = parsed!;
        return true;
    }

    private static string? Parse(string text, out LibvirtUri? parsed)
    {
        parsed = null;
        if (UriAuthority.FindFlaw(text) is { } flaw)
            return flaw;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || !text.Contains(':', StringComparison.Ordinal) || !char.IsAsciiLetter(text[0]))
            return $"'{UriAuthority.Printable(text)}' is not a URI. Write one such as qemu:///system, test:///default or qemu+tcp://host/system.";

        string[] scheme = uri.Scheme.Split('+');
        if (scheme.Length > 2 || scheme[0].Length == 0)
            return $"The scheme of '{UriAuthority.Printable(text)}' is not driver or driver+transport.";

        // The percent sign before the zone of an IPv6 address is itself written as one.
        string? host = uri.IdnHost is { Length: > 0 } name ? name.Replace("%25", "%", StringComparison.Ordinal) : null;
        UriTransport transport = host is null ? UriTransport.Unix : UriTransport.Tls;
        if (scheme.Length == 2 && !Transports.TryGetValue(scheme[1], out transport))
            return $"The transport '{scheme[1]}' of '{UriAuthority.Printable(text)}' does not exist. There are: {string.Join(", ", Transports.Keys)}.";
        if (transport == UriTransport.Unix && host is not null)
            return $"'{UriAuthority.Printable(text)}' names the host {host}, and a unix socket has none. Use driver+tcp://{host}/ or leave the host out.";

        string? refused = UriQuery.TryParse(uri.Query, transport, out UriParameters parameters);
        if (refused is not null)
            return $"'{text.Split('?')[0]}': {refused}";

        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        if (path is not ("" or ['/', ..]))
            return $"The path of '{UriAuthority.Printable(text)}' does not begin with a slash, as that of qemu:///system does.";
        parsed = new LibvirtUri(text)
        {
            Driver = scheme[0],
            Transport = transport,
            User = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : IsLibrary(scheme) ? LibrarysUser : null,
            Host = host,
            Port = uri.Port > 0 ? uri.Port : null,
            Path = path,
            Parameters = parameters,
            DriverName = parameters.Name ?? (scheme[0] == "remote" ? "" : $"{scheme[0]}://{uri.AbsolutePath}"),
        };
        return null;
    }

    private static bool IsLibrary(string[] scheme) => scheme.Length == 2 && scheme[1].StartsWith("libssh", StringComparison.OrdinalIgnoreCase);
}
