namespace Libvirt.Simulator;

/// <summary>What a handler knows of the call it serves. Lives for the one call.</summary>
internal sealed class CallContext
{
    private readonly ClientSession _session;
    private SessionStream? _stream;

    public CallContext(ClientSession session) => _session = session;

    public ClientSession Session => _session;

    /// <summary>The host that the client has opened.</summary>
    /// <exception cref="SimulatedFailureException">None is open.</exception>
    public SimulatedHost Host => _session.Host ?? throw Failures.NotOpen();

    /// <summary>The stream that begins with the reply; null for an ordinary call.</summary>
    public SessionStream? Stream => _stream;

    /// <summary>Has a stream begin with the reply.</summary>
    public void Begin(SessionStream stream) => _stream = stream;

    public SimulatedDomain Domain(RemoteDomain domain) => Host.Domains.Find(domain);
}
