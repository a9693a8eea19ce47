namespace Libvirt.Connections;

// The opening of a stream was given up while its call was under way. The reply may bring a stream, which is then aborted; after that the connection is as good
// as before.
internal sealed partial class ConnectionActor
{
    private bool _isSettling;

    private void Settle(TimeSpan limit)
    {
        if (_state != ConnectionState.Ready)
            return;
        _isSettling = true;
        Timers.StartSingleTimer(TimerKeys.Settling, new SettlingTimedOut(), limit);
    }

    private void ReportWhenSettled()
    {
        if (!_isSettling || _state != ConnectionState.Ready || _inFlight.Count + _waiting.Count + _urgent.Count > 0 || _inFlight.HasStreams)
            return;
        _isSettling = false;
        Timers.Cancel(TimerKeys.Settling);
        owner.OnReady(handle);
    }

    private void EndUnlessSettled()
    {
        if (_isSettling)
            End(null);
    }
}
