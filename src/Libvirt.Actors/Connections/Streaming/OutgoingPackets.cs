using System.Diagnostics.CodeAnalysis;
using Libvirt.Streams;

namespace Libvirt.Connections;

/// <summary>
/// Packets of streams that wait for the socket, in the order in which they were written. Each stream has one here at most, since its writer waits for it.
/// </summary>
internal sealed class OutgoingPackets
{
    private readonly LinkedList<OutgoingPacket> _packets = [];

    public void Add(OutgoingPacket packet)
    {
        // Packets that their writers withdrew while the socket was busy must not accumulate.
        Drop(static waiting => waiting.IsCompleted);
        _packets.AddLast(packet);
    }

    /// <summary>Claims the next packet that its writer has not withdrawn.</summary>
    public bool TryTake([NotNullWhen(true)] out OutgoingPacket? packet)
    {
        while (_packets.First is { } first)
        {
            packet = first.Value;
            _packets.RemoveFirst();
            if (packet.TryTake())
                return true;
        }

        packet = null;
        return false;
    }

    /// <summary>Fails the packets of a stream that has ended.</summary>
    public void Drop(uint serial) => Drop(packet => packet.Serial == serial);

    /// <summary>Fails all packets: the connection has ended.</summary>
    public void DropAll() => Drop(static _ => true);

    private void Drop(Predicate<OutgoingPacket> which)
    {
        for (LinkedListNode<OutgoingPacket>? node = _packets.First; node is not null;)
        {
            LinkedListNode<OutgoingPacket>? next = node.Next;
            if (which(node.Value))
            {
                _packets.Remove(node);
                node.Value.Drop();
            }

            node = next;
        }
    }
}
