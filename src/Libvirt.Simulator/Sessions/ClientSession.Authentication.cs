namespace Libvirt.Simulator;

internal sealed partial class ClientSession
{
    private ScramExchange? _exchange;
    private bool _hasProved;

    /// <summary>Whether the client has said who it is, or nobody asked.</summary>
    public bool IsAuthenticated => _hasProved || _simulator.Options.Users.Count == 0;

    /// <summary>Begins to ask the client who it is; an exchange under way is forgotten.</summary>
    public ScramExchange StartExchange() => _exchange = new ScramExchange(_simulator.Options.Users);

    /// <summary>Takes the client's proof and returns the server's.</summary>
    /// <exception cref="SimulatedFailureException">The proof is wrong, or nothing was begun.</exception>
    public byte[] FinishExchange(byte[] message)
    {
        ScramExchange exchange = _exchange ?? throw new SimulatedFailureException(ErrorNumber.AuthFailed, ErrorDomain.Rpc, null);
        _exchange = null;
        byte[] answer = exchange.Finish(message);
        _hasProved = true;
        return answer;
    }
}
