using System.Globalization;

namespace Libvirt.Testing;

/// <summary>The programs' numbers.</summary>
public static class RpcProgram
{
    public const uint Remote = 0x20008086;
    public const uint Qemu = 0x20008087;
    public const uint Lxc = 0x00068000;
    public const uint Admin = 0x06900690;
    public const uint KeepAlive = 0x6b656570;

    /// <summary>The program's name, or its number where it is unknown.</summary>
    public static string Name(uint program) => program switch
    {
        Remote => "remote",
        Qemu => "qemu",
        Lxc => "lxc",
        Admin => "admin",
        KeepAlive => "keepalive",
        _ => program.ToString("x8", CultureInfo.InvariantCulture),
    };
}
