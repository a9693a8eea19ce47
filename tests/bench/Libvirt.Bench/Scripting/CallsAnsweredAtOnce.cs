using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Bench.Scripting;

/// <summary>
/// A call without its connection: rented from the pool, told to an actor, decoded, taken. The actor answers while it is told, so that only this is measured,
/// on one thread.
/// </summary>
internal sealed class CallsAnsweredAtOnce
{
    private static readonly LibvirtUri Uri = LibvirtUri.Parse("test:///default");

    private readonly HypervisorCalls _direct;
    private readonly ObservedCalls _observed;

    public CallsAnsweredAtOnce()
    {
        HypervisorLink link = new(new HypervisorTelemetry(Uri));
        HypervisorRef hypervisor = new(link);
        hypervisor.Bind(new AnsweringRef());
        _direct = new HypervisorCalls(link, hypervisor, HypervisorOptions.Default, TimeProvider.System);
        _observed = new ObservedCalls(_direct, Uri);
    }

    /// <summary>A call that nobody could observe: as if there were no telemetry.</summary>
    public ValueTask<ConnectGetMaxVcpusRet> Direct() => _direct.CallAsync(RemoteProcedures.ConnectGetMaxVcpus, AnsweringRef.Arguments);

    /// <summary>The same as programs make it, observed while anybody listens.</summary>
    public ValueTask<ConnectGetMaxVcpusRet> Observed() => _observed.CallAsync(RemoteProcedures.ConnectGetMaxVcpus, AnsweringRef.Arguments);

    private sealed class AnsweringRef : MinimalActorRef
    {
        private readonly byte[] _payload = XdrPayload.Write(new ConnectGetMaxVcpusRet { MaxVcpus = 16 });

        public static ConnectGetMaxVcpusArgs Arguments { get; } = new() { Type = null };

        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "answering";

        public override IActorRefProvider Provider => throw new NotSupportedException("It belongs to no actor system.");

        protected override void TellInternal(object message, IActorRef sender) => ((IPendingCall)message).Complete(_payload, null);
    }
}
