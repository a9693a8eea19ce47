using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Cli.Diagnostics;

/// <summary>The log of a command.</summary>
internal static class ProgramLog
{
    /// <summary>A factory that the caller disposes.</summary>
    /// <exception cref="Failures.UsageException">The file does not say what to log.</exception>
    public static ILoggerFactory Open(LogChoice choice) => choice switch
    {
        { File: { } file } => ConfiguredLog.Open(file),
        { Level: { } level } => ConsoleLog.Open(level),
        _ => NullLoggerFactory.Instance,
    };
}
