using Actors;
using Libvirt.Connection;

namespace Libvirt;

/// <summary>What the <see cref="RuntimeActor"/> can be told.</summary>
internal interface IRuntimeMessage;

/// <summary>Start a hypervisor and answer with its address.</summary>
internal sealed record StartHypervisor(
    string Name, ConnectionSettings Settings, HypervisorLink Link, HypervisorHold Hold, ReplyTo<IActorRef<IHypervisorMessage>> Reply) : IRuntimeMessage;
