using System.Diagnostics.CodeAnalysis;
using Libvirt.Transports;

namespace Libvirt;

/// <summary>
/// A libvirt connection URI, <c>driver[+transport]://[user@][host][:port]/[path][?parameters]</c>, taken apart.
/// </summary>
public sealed class LibvirtUri
{
    internal LibvirtUri(string text)
    {
        Text = text;
    }

    /// <summary>The URI as it was given.</summary>
    public string Text { get; }

    /// <summary>The driver, such as <c>qemu</c>, <c>test</c> or <c>lxc</c>; <c>remote</c> lets the daemon choose.</summary>
    public required string Driver { get; init; }

    /// <summary>How the daemon is reached.</summary>
    public required UriTransport Transport { get; init; }

    /// <summary>The user of the far side; when none is named root for libssh and libssh2, as for libvirt, and null for all others.</summary>
    public string? User { get; init; }

    /// <summary>The host, without brackets for IPv6; null for this machine.</summary>
    public string? Host { get; init; }

    /// <summary>The port; null for the transport's own.</summary>
    public int? Port { get; init; }

    /// <summary>The driver's path, such as <c>/system</c>, <c>/session</c> or <c>/default</c>; may be empty.</summary>
    public required string Path { get; init; }

    /// <summary>The parameters behind the question mark.</summary>
    public UriParameters Parameters { get; init; } = UriParameters.None;

    /// <summary>The <c>socket</c> parameter: the unix socket's path in place of the usual one.</summary>
    public string? Socket => Parameters.Socket;

    /// <summary>The <c>mode</c> parameter.</summary>
    public DaemonMode Mode => Parameters.Mode;

    /// <summary>The name that the daemon is asked to open: the <c>name</c> parameter, or the URI without transport, host and our parameters.</summary>
    public required string DriverName { get; init; }

    /// <summary>Takes a URI apart.</summary>
    /// <exception cref="LibvirtConnectException">
    /// With <see cref="ConnectFailure.UnsupportedUri"/>; the text says which part is wrong or not supported.
    /// </exception>
    public static LibvirtUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return UriParser.TryParse(text, out LibvirtUri? uri, out string? error)
            ? uri
            : throw new LibvirtConnectException(ConnectFailure.UnsupportedUri, error);
    }

    /// <summary>
    /// Finds the URI that a text means, as <c>virConnectOpen</c> does: an alias of libvirt.conf (<c>uri_aliases</c>) stands for its URI; no text at all
    /// for <c>LIBVIRT_DEFAULT_URI</c>, else for <c>uri_default</c> of libvirt.conf, else for what the local daemon chooses.
    /// </summary>
    /// <exception cref="LibvirtConnectException">With <see cref="ConnectFailure.UnsupportedUri"/>: the URI or libvirt.conf cannot be used.</exception>
    public static LibvirtUri Resolve(string? text) => UriResolver.System.Resolve(text);

    /// <summary>Looks whether there is a way to the daemon that the URI means, by what it says alone: nothing is connected to.</summary>
    /// <param name="options">The settings that it is to be connected with; the defaults when null.</param>
    /// <exception cref="LibvirtConnectException">
    /// With <see cref="ConnectFailure.UnsupportedUri"/>; the text says which of its parts do not go together.
    /// </exception>
    public void Check(HypervisorOptions? options = null) => EndpointResolver.System.Resolve(this, options ?? HypervisorOptions.Default);

    /// <summary>Takes a URI apart; false when it cannot be used.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LibvirtUri? uri) => UriParser.TryParse(text ?? "", out uri, out _);

    /// <summary>The URI as it was given.</summary>
    public override string ToString() => Text;
}
