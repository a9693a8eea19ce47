using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// Loopback ports for servers that must be told theirs. They lie below the range from which the kernel gives ports to outgoing connections, so no
/// client takes one between its choice and its use, and none is given out twice.
/// </summary>
public static class Ports
{
    private const int First = 18_000;
    private const int End = 32_000;

    // Other processes of the same kind start elsewhere.
    private static int s_next = Random.Shared.Next(First, End);

    /// <summary>Whether this machine has loopback by IPv6.</summary>
    public static bool HasIPv6 { get; } = FindIPv6();

    /// <summary>A port that nobody has.</summary>
    public static int Free() => Free(1);

    /// <summary>The first of <paramref name="count"/> adjacent ports that nobody has.</summary>
    public static int Free(int count)
    {
        for (int tries = 0; tries < End - First; tries += count)
        {
            int first = First + (Interlocked.Add(ref s_next, count) - count - First) % (End - First - count);
            if (Enumerable.Range(first, count).All(IsFree))
                return first;
        }

        throw new InvalidOperationException($"no {count} adjacent ports between {First} and {End} are free");
    }

    private static bool IsFree(int port) => CanBind(IPAddress.Any, port) && (!HasIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool FindIPv6() => Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback, 0);

    private static bool CanBind(IPAddress address, int port)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
