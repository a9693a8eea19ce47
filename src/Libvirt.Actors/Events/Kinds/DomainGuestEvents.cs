using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>The guest set its clock.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="UtcOffset">The guest's clock less UTC, in seconds.</param>
public sealed record DomainRtcChangeEvent(RemoteDomain Domain, long UtcOffset) : DomainEvent(Domain);

/// <summary>The guest's watchdog fired.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Action">What the hypervisor does about it.</param>
public sealed record DomainWatchdogEvent(RemoteDomain Domain, DomainEventWatchdogAction Action) : DomainEvent(Domain);

/// <summary>The guest's balloon changed its size.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Actual">The guest's memory now, in KiB.</param>
public sealed record DomainBalloonChangeEvent(RemoteDomain Domain, ulong Actual) : DomainEvent(Domain);

/// <summary>The guest agent came or went.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="State">Whether it is there now.</param>
/// <param name="Reason">Why it changed.</param>
public sealed record DomainAgentLifecycleEvent(
    RemoteDomain Domain, ConnectDomainEventAgentLifecycleState State, ConnectDomainEventAgentLifecycleReason Reason) : DomainEvent(Domain);

/// <summary>The guest opened or closed its end of a channel.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="ChannelName">The channel's target name.</param>
/// <param name="State">Whether it is open now.</param>
/// <param name="Reason">Why it changed.</param>
public sealed record DomainChannelLifecycleEvent(
    RemoteDomain Domain, string ChannelName, ConnectDomainEventChannelLifecycleState State, ConnectDomainEventChannelLifecycleReason Reason)
    : DomainEvent(Domain);

/// <summary>The host found broken memory that the guest uses.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Recipient">Whose memory it is.</param>
/// <param name="Action">What was done about it.</param>
/// <param name="Flags">Details.</param>
public sealed record DomainMemoryFailureEvent(
    RemoteDomain Domain, DomainMemoryFailureRecipientType Recipient, DomainMemoryFailureActionType Action, DomainMemoryFailureFlags Flags)
    : DomainEvent(Domain);

/// <summary>A graphics client connected, got through its authentication, or left.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Phase">Which of these.</param>
/// <param name="Local">The hypervisor's end.</param>
/// <param name="Remote">The client's end.</param>
/// <param name="AuthScheme">How the client authenticates.</param>
/// <param name="Subjects">Who it says it is: pairs of type and name.</param>
public sealed record DomainGraphicsEvent(
    RemoteDomain Domain,
    DomainEventGraphicsPhase Phase,
    RemoteDomainEventGraphicsAddress Local,
    RemoteDomainEventGraphicsAddress Remote,
    string AuthScheme,
    IReadOnlyList<RemoteDomainEventGraphicsIdentity> Subjects) : DomainEvent(Domain);
