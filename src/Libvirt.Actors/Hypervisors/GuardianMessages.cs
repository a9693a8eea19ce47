using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Messages;

namespace Libvirt;

/// <summary>A hypervisor has published its state.</summary>
internal sealed record StatePublished(StartHypervisor Start, HypervisorState State) : ILocalMessage;

/// <summary>The hypervisor of the request has been added; its actor exists when this message is handled.</summary>
internal sealed record AddCompleted(IActorRef Requester, AddHypervisor Request) : ILocalMessage;

/// <summary>The hypervisor of the request has closed, or there is none, or its removal failed.</summary>
internal sealed record RemoveCompleted(IActorRef Requester, RemoveHypervisor Request, bool Found, Exception? Error = null) : ILocalMessage;

/// <summary>A subscription to states, or its end, that was sent to the actor of one hypervisor.</summary>
internal sealed record OneHypervisorState(StartHypervisor Start, ILibvirtMessage Request) : ILocalMessage;

/// <summary>A subscriber of states has stopped.</summary>
internal sealed record StateSubscriberEnded(IActorRef Subscriber) : ILocalMessage;
