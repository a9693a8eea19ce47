using Actors;
using Libvirt.Calls;

namespace Libvirt.Connection;

/// <summary>How others hold a connection: where its calls go, and why it ended once it has.</summary>
/// <param name="successor">Who takes the calls that come too late; null when nobody does.</param>
internal sealed class ConnectionHandle(ICallHolder? successor) : ICallHolder
{
    private volatile Exception? _endReason;
    private volatile bool _hasEnded;
    private volatile bool _isLeaving;
    private volatile IActorRef<IConnectionMessage>? _ref;

    public IActorRef<IConnectionMessage> Ref => _ref ?? throw new InvalidOperationException("The connection has not started.");

    public ICallHolder? Successor => successor;

    public bool IsHypervisor => false;

    /// <summary>What ended the connection; null while it lives and when it was closed in order.</summary>
    public Exception? EndReason => _endReason;

    /// <summary>Whether it takes no calls any longer.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Whether it has neither ended nor begun to take its leave, in which it refuses new calls.</summary>
    public bool IsOpen => !_isLeaving && !_hasEnded;

    public TellResult Take(IPendingCall call)
    {
        call.Holder = this;
        return Ref.TryTell(call);
    }

    public void Abandon(IPendingCall call) => Ref.TryTell(new AbandonCall(call));

    /// <summary>Gives the handle its address. Once, by the connection itself when it starts.</summary>
    public void Bind(IActorRef<IConnectionMessage> connection) => _ref = connection;

    /// <summary>Says that the connection takes its leave. Once, by the connection itself.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>Says why the connection ended. Once, by the connection itself.</summary>
    public void End(Exception? reason)
    {
        _endReason = reason;
        _hasEnded = true;
    }
}
