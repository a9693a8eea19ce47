namespace Libvirt.Cli.Diagnostics;

/// <summary>From which level on to log.</summary>
internal enum LogThreshold
{
    Debug,
    Information,
    Warning,
    Error,
}
