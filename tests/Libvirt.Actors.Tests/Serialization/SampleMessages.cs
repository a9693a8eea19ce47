using System.Diagnostics;
using System.Reflection;
using Akka.Actor;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Serialization;

/// <summary>At least one of each message that can be sent to another node, with every property set to something else than its default.</summary>
internal static class SampleMessages
{
    private static readonly RemoteDomain Domain = new("vm", new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), 12);
    private static readonly DateTimeOffset Noon = new(2031, 2, 3, 12, 0, 0, TimeSpan.FromHours(2));

    /// <summary>The failures of each type of exception, which the serializer writes where Akka.Remote does not.</summary>
    public static IEnumerable<Status.Failure> Failures => Exceptions.Select(static error => new Status.Failure(error, error.Message));

    public static IEnumerable<ILibvirtMessage> All(IActorRef actor) =>
        [.. Calls(), .. Replies(), .. EventMessagesOf(Kinds()), .. Notices(), .. Hypervisors(actor)];

    /// <summary>An exception of each type that arrives as it was, and one of another type.</summary>
    public static IReadOnlyList<Exception> Exceptions { get; } =
    [
        new LibvirtConnectException(ConnectFailure.TlsExpired, "the certificate has expired", new IOException("the reason", new TimeoutException("its reason"))),
        new LibvirtConnectionLostException("lost", sent: true, new EndOfStreamException("the end"), isForGood: true),
        new LibvirtConnectionLostException("lost for now", sent: false, null),
        new LibvirtEventNotSupportedException(DomainEvents.VcpuRemoved),
        new LibvirtNotSupportedException(RemoteProcedures.DomainAnnounceInterface, Error("unknown procedure: 456")),
        new LibvirtProtocolException("not libvirt", new ProtocolException("a length of 7", new InvalidOperationException("why"))),
        new LibvirtQueueFullException("REMOTE_PROC_DOMAIN_CREATE"),
        new LibvirtRemoteException("REMOTE_PROC_DOMAIN_CREATE", Error("Netzwerk „default“ ist nicht aktiv")),
        new LibvirtStreamOverflowException(RemoteProcedures.DomainOpenConsole, 4096),
        new LibvirtTimeoutException("late", sent: true, TimeSpan.FromMilliseconds(1500)),
        new EventOverflowException(DomainEvents.Lifecycle, 5),
        new ArgumentException("an argument"),
        new Akka.Configuration.ConfigurationException("a setting", new KeyNotFoundException("a key")),
        new ObjectDisposedException("ended", new OperationCanceledException("given up")),
        new RemotedException("Somebody.Elses.Exception", "a text", null),
    ];

    public static IEnumerable<LibvirtEvent> EventsOfAllTypes() => typeof(LibvirtEvent).Assembly.GetExportedTypes()
        .Where(static type => type.IsSubclassOf(typeof(LibvirtEvent)) && !type.IsAbstract)
        .Select(static type => (LibvirtEvent)Make(type));

    private static IEnumerable<EventKind> Kinds() =>
        [.. EventCatalog.All, QemuMonitorEvents.Matching(new QemuMonitorFilter("SHUTDOWN", ConnectDomainQemuMonitorEventRegisterFlags.NoCase))];

    private static IEnumerable<ILibvirtMessage> Calls()
    {
        ActivityContext activity = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "vendor=1", isRemote: true);
        LibvirtCall info = RemoteProcedures.DomainGetInfo.Call(new DomainGetInfoArgs { Dom = Domain }, new CallOptions(TimeSpan.FromSeconds(3)), "id")
            with
        { ActivityContext = activity };
        LibvirtCall endless = RemoteProcedures.ConnectGetHostname.Call(new CallOptions(Timeout.InfiniteTimeSpan), 7L) with { ActivityContext = default };
        LibvirtCall monitor = QemuProcedures.DomainMonitorCommand.Call(new DomainMonitorCommandArgs { Dom = Domain, Cmd = "{}", Flags = 1 }, correlationId: Guid.NewGuid())
            with
        { ActivityContext = default };
        LibvirtCall lxc = LxcProcedures.DomainOpenNamespace.Call(new DomainOpenNamespaceArgs { Dom = Domain, Flags = 0 }, correlationId: true) with { ActivityContext = default };
        yield return info;
        yield return endless;
        yield return monitor;
        yield return lxc;
        yield return new LibvirtBatch(info, endless, monitor) { CorrelationId = 8 };
        yield return new CancelCall("with\0NUL");
    }

    private static IEnumerable<ILibvirtMessage> Replies()
    {
        ConnectGetHostnameRet hostname = new() { Hostname = "hv1" };
        yield return new CallReply<ConnectGetHostnameRet>(hostname, "id");
        yield return new CallReply<XdrVoid>(XdrVoid.Value, null);
        IEnumerable<BatchOutcome> failures = Exceptions.Select(static error => new BatchOutcome(RemoteProcedures.DomainCreate, error.Message, null, error));
        yield return new BatchReply([new BatchOutcome(RemoteProcedures.ConnectGetHostname, 1, hostname, null), .. failures], "batch");
    }

    private static IEnumerable<ILibvirtMessage> EventMessagesOf(IEnumerable<EventKind> kinds)
    {
        foreach (EventKind kind in kinds)
        {
            yield return kind.SubscribeAny(correlationId: kind.Name);
            yield return new SubscribeEventsAck(kind, kind.Name);
            yield return new UnsubscribeEvents(kind, kind.Name);
        }

        EventSubscriptionOptions options = new() { Domain = Domain.Uuid, QueueCapacity = 9, Overflow = EventOverflow.Fail, Synthesise = true };
        yield return DomainEvents.Lifecycle.Subscribe(options, new EventAcknowledgement("init", 2, true), 5);
        yield return new UnsubscribeEvents(CorrelationId: 1);
        yield return new UnsubscribeEventsAck("gone");
        foreach (Exception error in Exceptions)
            yield return new EventsEnded(DomainEvents.Reboot, error, 4, "ended");
    }

    private static IEnumerable<ILibvirtMessage> Notices()
    {
        foreach (LibvirtEvent happened in EventsOfAllTypes())
        {
            yield return EventNotice<LibvirtEvent>.Of(happened, isSynthesised: true);
            yield return new EventEnvelope<LibvirtEvent>(DomainEvents.Lifecycle, EventNotice<LibvirtEvent>.Of(happened, isSynthesised: false), 1);
        }

        DomainLifecycleEvent started = new(Domain, DomainEventType.Started, 1);
        yield return EventNotice<DomainLifecycleEvent>.Of(started, isSynthesised: false);
        yield return EventNotice<DomainLifecycleEvent>.OfDropped(6);
        yield return EventNotice<DomainLifecycleEvent>.Of(new EventGap(Noon, Noon.AddSeconds(1), Exceptions[0]));
        yield return new EventEnvelope<DomainLifecycleEvent>(DomainEvents.Lifecycle, EventNotice<DomainLifecycleEvent>.Of(started, isSynthesised: true), "typed");
    }

    private static IEnumerable<ILibvirtMessage> Hypervisors(IActorRef actor)
    {
        HypervisorState[] states =
        [
            new HypervisorState.Connecting(3), new HypervisorState.Ready(), new HypervisorState.Closed(null),
            .. Exceptions.Select(static error => new HypervisorState.Closed(error)), .. Exceptions.Select(static error => new HypervisorState.Backoff(2, Noon, error)),
        ];
        HypervisorEntry[] entries = [.. states.Select(state => new HypervisorEntry("hv1", "qemu:///system", actor, state, 3))];
        yield return new AddHypervisor("hv1", "qemu:///system", "max-in-flight = 3") { CorrelationId = 1 };
        yield return new HypervisorAdded("hv1", actor, 1);
        yield return new RemoveHypervisor("hv1") { CorrelationId = 1 };
        yield return new HypervisorRemoved("hv1", 1);
        yield return new ListHypervisors { CorrelationId = 1 };
        yield return new HypervisorList(entries, 1);
        yield return new GetHypervisor("hv1") { CorrelationId = 1 };
        yield return entries[0];
        yield return new HypervisorEnvelope("hv1", RemoteProcedures.ConnectGetHostname.Call(correlationId: "inner") with { ActivityContext = default });
        yield return new SubscribeHypervisorState("hv1") { CorrelationId = 1 };
        yield return new UnsubscribeHypervisorState("hv1");
        yield return new CurrentHypervisorStates(entries, 1);
        yield return new HypervisorStateChanged("hv1", actor, states[^1], 1);
    }

    private static RemoteError Error(string message) => new()
    {
        Code = (int)ErrorNumber.OperationInvalid,
        Domain = (int)ErrorDomain.Network,
        Level = (int)ErrorLevel.Error,
        Message = message,
        Dom = Domain,
        Net = new RemoteNetwork("default", Guid.Empty),
        Str1 = "one",
        Str2 = null,
        Str3 = "three",
        Int1 = 1,
        Int2 = -2,
    };

    /// <summary>A value of a type, made by its longest constructor; nullable values are present.</summary>
    private static object Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(inner);
        if (type == typeof(string))
            return "täxt";
        if (type == typeof(Guid))
            return Domain.Uuid;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddSeconds(5).AddMicroseconds(17);
        if (type == typeof(IReadOnlyList<RemoteTypedParam>))
            return new RemoteTypedParam[] { new("a", RemoteTypedParamValue.FromInt32(3)), new("b", RemoteTypedParamValue.FromString("x")) };
        if (type == typeof(IReadOnlyList<RemoteDomainEventGraphicsIdentity>))
            return new RemoteDomainEventGraphicsIdentity[] { new("type", "name") };
        if (type.IsEnum)
            return Enum.ToObject(type, 1);
        if (type.IsPrimitive)
            return Convert.ChangeType(3, type, System.Globalization.CultureInfo.InvariantCulture);
        ConstructorInfo constructor = type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"There is no sample of {type}.");
        return constructor.Invoke([.. constructor.GetParameters().Select(static parameter => Make(parameter.ParameterType))]);
    }
}
