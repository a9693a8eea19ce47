using Actors;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Bench.Scripting;

/// <summary>
/// The whole way of a call but the connection: asked for, pooled, told to an actor, decoded, taken. The actor answers while it is told, so that what is
/// measured is the way alone, on one thread, to the nanosecond.
/// </summary>
internal sealed class CallsAnsweredAtOnce
{
    private static readonly LibvirtUri Uri = LibvirtUri.Parse("test:///default");

    private readonly HypervisorCalls _direct;
    private readonly ObservedCalls _observed;

    public CallsAnsweredAtOnce()
    {
        HypervisorLink link = new(new HypervisorTelemetry(Uri));
        HypervisorHold hold = new(link);
        hold.Bind(new AnsweringRef());
        _direct = new HypervisorCalls(link, hold, HypervisorOptions.Default, TimeProvider.System);
        _observed = new ObservedCalls(_direct, Uri);
    }

    /// <summary>A call that nobody could observe: as if there were no telemetry.</summary>
    public ValueTask<ConnectGetMaxVcpusRet> Direct() => _direct.CallAsync(RemoteProcedures.ConnectGetMaxVcpus, AnsweringRef.Arguments);

    /// <summary>The same as programs make it, observed while anybody listens.</summary>
    public ValueTask<ConnectGetMaxVcpusRet> Observed() => _observed.CallAsync(RemoteProcedures.ConnectGetMaxVcpus, AnsweringRef.Arguments);

    private sealed class AnsweringRef : IActorRef<IHypervisorMessage>
    {
        public static ConnectGetMaxVcpusArgs Arguments { get; } = new() { Type = null };

        private readonly byte[] _payload = XdrPayload.Write(new ConnectGetMaxVcpusRet { MaxVcpus = 16 });

        public ActorPath Path { get; } = ActorPath.Root.Child("answering");

        public IActorSystem System => throw new NotSupportedException("It lives in no system.");

        public TellResult TryTell(IHypervisorMessage message)
        {
            ((IPendingCall)message).Complete(_payload, null);
            return TellResult.Accepted;
        }
    }
}
