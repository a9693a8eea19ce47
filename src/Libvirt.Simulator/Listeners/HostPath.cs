namespace Libvirt.Simulator;

/// <summary>Which host a connection URI means.</summary>
internal static class HostPath
{
    /// <summary>The last part of the URI's path: <c>qemu:///hv2</c> gives <c>hv2</c>; no URI gives nothing.</summary>
    public static string NameOf(string? uri)
    {
        if (string.IsNullOrEmpty(uri))
            return "";
        int authority = uri.IndexOf("://", StringComparison.Ordinal);
        string rest = authority < 0 ? uri : uri[(authority + 3)..];
        int end = rest.IndexOfAny(['?', '#']);
        if (end >= 0)
            rest = rest[..end];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : rest[(slash + 1)..];
    }

    /// <summary>Whether a name leaves open which host is meant: libvirt's own paths do.</summary>
    public static bool MeansAnyHost(string name) => name is "" or "system" or "session" or "default";
}
