using Libvirt.Cli.Events;
using Libvirt.Diagnostics;
using Libvirt.Protocol;

namespace Libvirt.Cli.Failures;

/// <summary>Turns an exception into a line for people and an exit code for scripts.</summary>
internal static class FailureReport
{
    /// <summary>Writes the line and returns the exit code.</summary>
    /// <param name="failure">What ended the command.</param>
    /// <param name="error">Where the line goes.</param>
    /// <param name="verbose">Whether causes follow, and the page that explains the failure.</param>
    public static int Write(Exception failure, TextWriter error, bool verbose)
    {
        error.WriteLine($"error: {DisplayText.Escape(Describe(failure))}");
        if (verbose)
        {
            for (Exception? cause = failure.InnerException; cause is not null; cause = cause.InnerException)
                error.WriteLine($"  because: {DisplayText.EscapeAndShorten(cause.Message)}");
            if (failure.HelpLink is { } page)
                error.WriteLine($"  see: {page}");
        }

        return Code(failure);
    }

    private static string Describe(Exception failure) => failure switch
    {
        LibvirtRemoteException remote =>
            $"{remote.Message} (code {(int)remote.Code} {remote.Code}, domain {(int)remote.Domain} {remote.Domain})",
        LibvirtException or UsageException or NoEventException or NoCredentialsException => failure.Message,
        ProtocolException => $"the daemon's answer is not what the protocol says: {failure.Message}",
        IOException or UnauthorizedAccessException => $"the result cannot be written: {failure.Message}",
        _ => $"this is a defect in virtactl: {failure.GetType().Name}: {failure.Message}",
    };

    private static int Code(Exception failure) => failure switch
    {
        UsageException => ExitCode.Usage,
        LibvirtRemoteException => ExitCode.Refused,
        NoEventException or LibvirtTimeoutException or LibvirtConnectException { Reason: ConnectFailure.TimedOut } => ExitCode.TimedOut,
        LibvirtException or ProtocolException or NoCredentialsException => ExitCode.NoConnection,
        _ => ExitCode.Defect,
    };
}
