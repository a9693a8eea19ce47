using Akka.Actor;
using Libvirt.Calls;

namespace Libvirt.Connections;

/// <summary>How others refer to a connection: where its calls are sent, its state, and why it ended.</summary>
/// <param name="successor">What takes the calls that arrive after the end; null when nothing does.</param>
internal sealed class ConnectionHandle(ICallHolder? successor) : ICallHolder
{
    private volatile Exception? _endReason;
    private volatile bool _hasEnded;
    private volatile bool _isClosing;
    private volatile IActorRef? _ref;

    public IActorRef Ref => _ref ?? throw new InvalidOperationException("The connection has not started.");

    public ICallHolder? Successor => successor;

    public bool IsHypervisor => false;

    /// <summary>What ended the connection; null while it lives and when it was closed in order.</summary>
    public Exception? EndReason => _endReason;

    /// <summary>Whether it has ended: it takes no calls.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Whether it takes new calls: it has neither ended nor begun to close.</summary>
    public bool IsOpen => !_isClosing && !_hasEnded;

    public void Take(IPendingCall call)
    {
        call.Holder = this;
        Ref.Tell(call, ActorRefs.NoSender);
    }

    public void Abandon(IPendingCall call) => Ref.Tell(new AbandonCall(call), ActorRefs.NoSender);

    /// <summary>Gives the handle its actor. Once, by the connection itself when it starts.</summary>
    public void Bind(IActorRef connection) => _ref = connection;

    /// <summary>Marks the connection as closing. Once, by the connection itself.</summary>
    public void BeginClose() => _isClosing = true;

    /// <summary>Records why the connection ended. Once, by the connection itself.</summary>
    public void End(Exception? reason)
    {
        _endReason = reason;
        _hasEnded = true;
    }
}
