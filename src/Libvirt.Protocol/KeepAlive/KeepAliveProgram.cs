namespace Libvirt.Protocol.KeepAlive;

/// <summary>The numbers of the keepalive program, whose messages have no payload.</summary>
public static class KeepAliveProgram
{
    /// <summary>The program's number.</summary>
    public const uint Number = 0x6b656570;

    /// <summary>The program's version.</summary>
    public const uint Version = 1;
}
