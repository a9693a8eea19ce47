using System.Runtime.Versioning;

namespace Libvirt.Cli.Terminals;

/// <summary>Whether a person sits there.</summary>
internal static class Terminal
{
    /// <summary>Whether standard input and output are a terminal whose settings can be changed.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsForInputAndOutput => OperatingSystem.IsLinux() && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Whether a person can be asked: standard input and error are a terminal whose settings can be changed.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsForQuestions => OperatingSystem.IsLinux() && !Console.IsInputRedirected && !Console.IsErrorRedirected;
}
