using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Libvirt.Cli.Diagnostics;

/// <summary>The log on stderr, so that stdout holds results and nothing else.</summary>
internal static class ConsoleLog
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>A logger that the caller disposes.</summary>
    public static Logger Open(LogThreshold threshold)
    {
        LogEventLevel level = threshold switch
        {
            LogThreshold.Debug => LogEventLevel.Debug,
            LogThreshold.Information => LogEventLevel.Information,
            LogThreshold.Warning => LogEventLevel.Warning,
            _ => LogEventLevel.Error,
        };
        return new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .WriteTo.Console(
                outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
    }
}
