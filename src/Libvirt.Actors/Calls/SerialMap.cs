using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Calls;

/// <summary>
/// The calls in flight, by serial. The serial of an abandoned call stays taken until its late reply comes or the connection ends, so that the
/// reply can never reach another call.
/// </summary>
internal sealed class SerialMap
{
    // A null value marks an abandoned call.
    private readonly Dictionary<uint, IPendingCall?> _calls = [];
    private readonly HashSet<uint> _streams = [];
    private readonly HashSet<uint> _reserved = [];
    private uint _lastSerial;

    /// <summary>Calls that the daemon has not answered, abandoned ones included.</summary>
    public int Count => _calls.Count;

    /// <summary>Whether a stream still has a serial.</summary>
    public bool HasStreams => _streams.Count > 0;

    /// <summary>Calls that are still awaited.</summary>
    public IEnumerable<IPendingCall> Awaited => _calls.Values.OfType<IPendingCall>();

    /// <summary>Reserves a serial for a call that is sent later.</summary>
    public uint ReserveSerial()
    {
        uint serial = NextFree();
        _reserved.Add(serial);
        return serial;
    }

    /// <summary>The call that a serial was reserved for will not be sent. Without effect once it has been.</summary>
    public void CancelReservation(uint serial) => _reserved.Remove(serial);

    /// <summary>Gives the call its serial: the one reserved for it, or one that nothing on the wire has.</summary>
    public void Add(IPendingCall call)
    {
        bool isReserved = call is ActorCall && _reserved.Remove(call.Serial);
        if (!isReserved)
            call.Serial = NextFree();
        _calls.Add(call.Serial, call);
    }

    /// <summary>Frees the serial of a reply. False when no such call is on the wire; a null call was abandoned.</summary>
    public bool TryRemove(uint serial, out IPendingCall? call) => _calls.Remove(serial, out call);

    /// <summary>Puts a call back that <see cref="TryRemove"/> took.</summary>
    public void Restore(IPendingCall call) => _calls.Add(call.Serial, call);

    /// <summary>Keeps the serial of a call that has been answered: its stream continues under it.</summary>
    public void Reserve(uint serial) => _streams.Add(serial);

    /// <summary>The serial's stream is over.</summary>
    public void Release(uint serial) => _streams.Remove(serial);

    /// <summary>Looks a call up without freeing its serial; false for unknown and abandoned ones.</summary>
    public bool TryGet(uint serial, [NotNullWhen(true)] out IPendingCall? call) => _calls.TryGetValue(serial, out call) && call is not null;

    /// <summary>Keeps the serial of a call that was given up.</summary>
    public void Abandon(IPendingCall call)
    {
        if (_calls.TryGetValue(call.Serial, out IPendingCall? current) && ReferenceEquals(current, call))
            _calls[call.Serial] = null;
    }

    /// <summary>Takes back the serial of a call that turned out not to be sendable.</summary>
    public void Withdraw(IPendingCall call)
    {
        _calls.Remove(call.Serial);
        call.Serial = 0;
    }

    /// <summary>Empties the map and returns the calls that are still awaited, in the order they were sent.</summary>
    public IReadOnlyList<IPendingCall> TakeAwaited()
    {
        IPendingCall[] awaited = [.. Awaited.OrderBy(call => unchecked(call.Serial - _lastSerial - 1))];
        _calls.Clear();
        return awaited;
    }

    // Never 0, which belongs to events and keepalive.
    private uint NextFree()
    {
        do
        {
            _lastSerial = unchecked(_lastSerial + 1);
        }
        while (_lastSerial == 0 || _calls.ContainsKey(_lastSerial) || _streams.Contains(_lastSerial) || _reserved.Contains(_lastSerial));
        return _lastSerial;
    }
}
