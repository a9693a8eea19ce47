namespace Libvirt.Simulator;

/// <summary>What all rules of a script have in common: which host they are for and which of the matches they take.</summary>
/// <typeparam name="TRule">The rule itself, for chaining.</typeparam>
public abstract class ScriptRule<TRule>
    where TRule : ScriptRule<TRule>
{
    private string? _host;
    private int _skip;
    private int _left = int.MaxValue;
    private int _taken;

    private protected ScriptRule()
    {
    }

    /// <summary>How often the rule has done its harm.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Only clients of this host.</summary>
    public TRule OnHost(string name)
    {
        _host = name;
        return (TRule)this;
    }

    /// <summary>Lets the first <paramref name="count"/> matches pass unharmed.</summary>
    public TRule Skip(int count)
    {
        _skip = count;
        return (TRule)this;
    }

    /// <summary>Harms this many matches, then no more.</summary>
    public TRule Times(int count)
    {
        _left = count;
        return (TRule)this;
    }

    /// <summary>Harms one match, then no more.</summary>
    public TRule Once() => Times(1);

    internal bool TryTakeTurn(ClientSession session)
    {
        SimulatedHost? host = session.Host ?? session.Endpoint.Host;
        if (_host is not null && host?.Name != _host || _left == 0)
            return false;
        if (_skip > 0)
        {
            _skip--;
            return false;
        }
        _left--;
        Interlocked.Increment(ref _taken);
        return true;
    }
}
