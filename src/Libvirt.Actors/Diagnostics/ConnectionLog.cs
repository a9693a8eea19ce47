using Libvirt.Transports;
using Microsoft.Extensions.Logging;

namespace Libvirt.Diagnostics;

/// <summary>What connections log. Event ids 1000 to 1099.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(1000, LogLevel.Debug, "Connecting to {Endpoint}")]
    public static partial void Connecting(ILogger logger, Endpoint endpoint);

    [LoggerMessage(1001, LogLevel.Information, "Connected to {Endpoint}, driver {Driver}")]
    public static partial void Ready(ILogger logger, Endpoint endpoint, string driver);

    [LoggerMessage(1002, LogLevel.Warning, "The connection to {Endpoint} has ended: {Reason}")]
    public static partial void Lost(ILogger logger, Endpoint endpoint, string reason);

    [LoggerMessage(1003, LogLevel.Information, "The daemon on {Endpoint} does not know keepalive; a dead one is noticed only when a call's time is over")]
    public static partial void NoKeepAlive(ILogger logger, Endpoint endpoint);

    [LoggerMessage(1004, LogLevel.Debug, "The late reply of procedure {Procedure}, serial {Serial}, was dropped: nobody awaits it any longer")]
    public static partial void LateReply(ILogger logger, int procedure, uint serial);

    [LoggerMessage(1005, LogLevel.Debug, "Event {Procedure} of program {Program} was dropped: it is not known")]
    public static partial void EventDropped(ILogger logger, uint program, int procedure);

    [LoggerMessage(1006, LogLevel.Debug, "A stream packet of procedure {Procedure}, serial {Serial}, was dropped: its stream has ended")]
    public static partial void StreamPacketDropped(ILogger logger, int procedure, uint serial);

    [LoggerMessage(1007, LogLevel.Information, "All {InFlight} calls on the connection to {Endpoint} are slow and {Waiting} wait behind them")]
    public static partial void Stuck(ILogger logger, Endpoint endpoint, int inFlight, int waiting);

    [LoggerMessage(1008, LogLevel.Error, "The code that awaited a call threw out of its continuation")]
    public static partial void ContinuationThrew(ILogger logger, Exception error);
}
