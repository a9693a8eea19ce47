namespace Libvirt.Cli.Connecting;

/// <summary>The URI of a command that names none.</summary>
internal static class DefaultUri
{
    public const string Description =
        "$LIBVIRT_DEFAULT_URI, else $VIRSH_DEFAULT_CONNECT_URI, else uri_default of libvirt.conf, else qemu:///system for root and qemu:///session for others";

    // What stands for no URI at all.
    private const string LocalDaemonsChoice = "remote:///";

    private static readonly string[] Variables = ["LIBVIRT_DEFAULT_URI", "VIRSH_DEFAULT_CONNECT_URI"];

    public static string Get() =>
        Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? Configured()
        ?? (Environment.IsPrivilegedProcess ? "qemu:///system" : "qemu:///session");

    private static string? Configured() => LibvirtUri.Resolve(null).Text is { } uri and not LocalDaemonsChoice ? uri : null;
}
