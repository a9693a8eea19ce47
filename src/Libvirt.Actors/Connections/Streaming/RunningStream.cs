using Akka.Actor;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Connections;

/// <summary>A stream that has begun and whose actor has not stopped.</summary>
/// <param name="Actor">Its actor.</param>
/// <param name="Port">Its user's end.</param>
/// <param name="Header">The header of its packets.</param>
internal sealed record RunningStream(IActorRef Actor, StreamPort Port, MessageHeader Header)
{
    /// <summary>Whether the finish or the abort has been sent, after which no packet may follow.</summary>
    public bool IsEnding { get; set; }
}
