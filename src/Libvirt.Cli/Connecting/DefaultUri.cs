namespace Libvirt.Cli.Connecting;

/// <summary>The URI of a command that names none.</summary>
internal static class DefaultUri
{
    public const string Description =
        "$LIBVIRT_DEFAULT_URI, else $VIRSH_DEFAULT_CONNECT_URI, else qemu:///system for root and qemu:///session for others";

    private static readonly string[] Variables = ["LIBVIRT_DEFAULT_URI", "VIRSH_DEFAULT_CONNECT_URI"];

    public static string Get() =>
        Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? (Environment.IsPrivilegedProcess ? "qemu:///system" : "qemu:///session");
}
