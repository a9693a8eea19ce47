using Akka.Actor;
using Libvirt;

namespace SupervisedFleet;

/// <summary>To the fleet: a line to print.</summary>
internal sealed record Report(string Text);

/// <summary>To a host or a guest, from itself: the daemon sends events from now on.</summary>
internal sealed record Subscribed;

/// <summary>To a host, from itself: the domains that the hypervisor has.</summary>
internal sealed record Listed(IReadOnlyList<Domain> Domains);

/// <summary>To a host, by death watch: the actor of a domain has stopped.</summary>
internal sealed record GuestStopped(Guid Uuid, IActorRef Guest);

/// <summary>To a guest, from itself: its domain has been started again.</summary>
internal sealed record Restarted;
