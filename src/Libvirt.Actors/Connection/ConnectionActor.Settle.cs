namespace Libvirt.Connection;

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
        Context.Timers.StartOnce(TimerKeys.Settling, limit, new SettlingTookTooLong());
    }

    private void ReportWhenSettled()
    {
        if (!_isSettling || _state != ConnectionState.Ready || _onTheWire.Count + _waiting.Count + _urgent.Count > 0 || _onTheWire.HasStreams)
            return;
        _isSettling = false;
        Context.Timers.Cancel(TimerKeys.Settling);
        owner.OnReady(handle);
    }

    private void EndUnlessSettled()
    {
        if (_isSettling)
            End(null);
    }
}
