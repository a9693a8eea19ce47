namespace Libvirt.Simulator;

/// <summary>The serial console of a running guest. One client at a time sits at it; the shell behind it goes on when the client leaves.</summary>
internal sealed class GuestConsole
{
    private readonly SimulatedDomain _domain;
    private ConsoleStream? _user;

    public GuestConsole(SimulatedDomain domain)
    {
        _domain = domain;
        Shell = new GuestShell(domain);
    }

    public GuestShell Shell { get; }

    /// <summary>Seats a client.</summary>
    /// <exception cref="SimulatedFailureException">Somebody sits there already, and is not to be sent away.</exception>
    public void Open(ConsoleStream stream, bool force)
    {
        if (_user is not null && !force)
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, "Active console session exists for this domain");
        _user?.Hangup();
        _user = stream;
    }

    public void Leave(ConsoleStream stream)
    {
        lock (_domain.Host.Gate)
        {
            if (_user == stream)
                _user = null;
        }
    }

    /// <summary>The guest stops.</summary>
    public void Close()
    {
        _user?.Hangup();
        _user = null;
    }
}
