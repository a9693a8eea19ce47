using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Libvirt.Cli.Diagnostics;

/// <summary>The log on stderr, so that stdout holds results and nothing else.</summary>
internal static class ConsoleLog
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>A factory that the caller disposes.</summary>
    public static ILoggerFactory Open(LogThreshold threshold)
    {
        LogEventLevel level = threshold switch
        {
            LogThreshold.Debug => LogEventLevel.Debug,
            LogThreshold.Information => LogEventLevel.Information,
            LogThreshold.Warning => LogEventLevel.Warning,
            _ => LogEventLevel.Error,
        };
        Serilog.Core.Logger logger = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .WriteTo.Console(
                outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}
