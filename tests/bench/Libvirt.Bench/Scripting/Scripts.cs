using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Bench.Scripting;

/// <summary>What scripted peers say.</summary>
internal static class Scripts
{
    /// <summary>How many events come behind each answer of <see cref="Events"/>.</summary>
    public const int Burst = 4096;

    private const int CallbackId = 1;

    /// <summary>A daemon with one domain that knows how to answer the small calls.</summary>
    public static ScriptedPeer Calls() => Daemon()
        .Answer(RemoteProcedures.ConnectGetLibVersion, new ConnectGetLibVersionRet { LibVer = 12_008_000 })
        .Answer(RemoteProcedures.DomainGetInfo, new DomainGetInfoRet { State = 1, MaxMem = 8_388_608, Memory = 2_097_152, NrVirtCpu = 2, CpuTime = 42 })
        .Start();

    /// <summary>A daemon that sends a burst of lifecycle events, over so many domains in turn, behind each answer to CONNECT_GET_LIB_VERSION.</summary>
    public static ScriptedPeer Events(int domains) => Daemon()
        .Answer(RemoteProcedures.ConnectDomainEventCallbackRegisterAny, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = CallbackId })
        .Answer(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny, XdrVoid.Value)
        .Answer(
            RemoteProcedures.ConnectGetLibVersion,
            new ConnectGetLibVersionRet { LibVer = 12_008_000 },
            [.. Enumerable.Range(0, Burst).SelectMany(i => Event(Domain(i % domains)))])
        .Start();

    /// <summary>The domain of a number.</summary>
    public static RemoteDomain Domain(int number) => new($"guest-{number}", new Guid(number + 1, 0, 0, new byte[8]), number + 1);

    private static ScriptedPeer Daemon() => new ScriptedPeer()
        .Answer(RemoteProcedures.AuthList, new AuthListRet { Types = [] })
        .Answer(RemoteProcedures.ConnectSupportsFeature, new ConnectSupportsFeatureRet { Supported = 1 })
        .Answer(RemoteProcedures.ConnectOpen, XdrVoid.Value)
        .Answer(RemoteProcedures.ConnectClose, XdrVoid.Value)
        .Answer(RemoteProcedures.DomainLookupByName, new DomainLookupByNameRet { Dom = Domain(0) });

    private static byte[] Event(RemoteDomain domain)
    {
        ProgramEvent<DomainEventCallbackLifecycleMsg> wire = RemoteEvents.DomainEventCallbackLifecycle;
        // libvirtd gives its events the serial 1.
        MessageHeader header = new(wire.Program, wire.Version, wire.Number, MessageType.Message, 1, MessageStatus.Ok);
        return EncodedFrame.Of(header, new DomainEventCallbackLifecycleMsg
        {
            CallbackId = CallbackId,
            Msg = new DomainEventLifecycleMsg { Dom = domain, Event = (int)DomainEventType.Started, Detail = 0 },
        });
    }
}
