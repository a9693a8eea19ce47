using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Libvirt;

/// <summary>
/// Looks over the part of a URI that names user, host and port, of whose flaws .NET's own class says nothing or which it does not notice.
/// </summary>
internal static class UriAuthority
{
    private const string Slashes = "://";
    private const string EscapedColon = "%3A";

    /// <summary>What is wrong with it; null when nothing is. A password is never repeated.</summary>
    public static string? FindFlaw(string text)
    {
        ReadOnlySpan<char> authority = Find(text);
        int at = authority.LastIndexOf('@');
        if (at >= 0 && IndexOfColon(authority[..at]) >= 0)
            return "A URI must not contain a password, since URIs are shown in logs. Use HypervisorOptions.Credentials or auth.conf.";

        ReadOnlySpan<char> host = authority[(at + 1)..];
        string? flaw = host is ['[', ..] ? FindFlawBehindBracket(host) : host.Count(':') > 1 ? "an IPv6 address stands in brackets, as in qemu+tcp://[::1]/system" : null;
        flaw ??= host.LastIndexOf(':') is int colon and >= 0 && colon > host.LastIndexOf(']') ? FindFlawOfPort(host[(colon + 1)..]) : null;
        return flaw is null ? null : $"'{Printable(text)}': {flaw}.";
    }

    /// <summary>
    /// The URI for people to read: without its parameters, and without what may be a password that a broken URI only hides from its rules, or that
    /// stands in a text of another kind.
    /// </summary>
    public static string Printable(string text)
    {
        int slashes = text.IndexOf(Slashes, StringComparison.Ordinal);
        int start = slashes < 0 ? 0 : slashes + Slashes.Length;
        int at = text.LastIndexOf('@');
        int colon = at < start ? -1 : IndexOfColon(text.AsSpan(start, at - start));
        string shown = colon < 0 ? text : $"{text.AsSpan(0, start + colon)}:***{text.AsSpan(at)}";
        int end = shown.AsSpan().IndexOfAny('?', ';', '=');
        return end < 0 ? shown : $"{shown[..end]}...";
    }

    // A colon in front of a password counts in its escaped form as well.
    private static int IndexOfColon(ReadOnlySpan<char> text)
    {
        int plain = text.IndexOf(':');
        int escaped = text.IndexOf(EscapedColon, StringComparison.OrdinalIgnoreCase);
        return plain < 0 ? escaped : escaped < 0 ? plain : Math.Min(plain, escaped);
    }

    private static ReadOnlySpan<char> Find(string text)
    {
        int start = text.IndexOf(Slashes, StringComparison.Ordinal);
        if (start < 0)
            return [];
        ReadOnlySpan<char> rest = text.AsSpan(start + Slashes.Length);
        int end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    private static string? FindFlawBehindBracket(ReadOnlySpan<char> host)
    {
        int end = host.IndexOf(']');
        if (end < 0)
            return "the bracket before an IPv6 address is not closed";
        ReadOnlySpan<char> address = host[1..end];
        ReadOnlySpan<char> zoneless = address.Contains('%') ? address[..address.IndexOf('%')] : address;
        if (!IPAddress.TryParse(zoneless, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return $"'{address}' is no IPv6 address, and brackets stand around nothing else";
        return host[(end + 1)..] is [] or [':', ..] ? null : "behind the bracket comes a colon with the port, as in qemu+tcp://[::1]:16509/system, or nothing";
    }

    // Zero stands for the transport's own port, as it does for libvirt.
    private static string? FindFlawOfPort(ReadOnlySpan<char> port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"the port is not a number from 1 to {ushort.MaxValue}";
}
