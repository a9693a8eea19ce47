using System.Runtime.InteropServices;

namespace Libvirt.Cli;

/// <summary>
/// Turns the first Ctrl+C (or a polite termination) into a cancellation, so that the connection is closed. A second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, Failures.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, Failures.ExitCode.Terminated));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What to exit with; null while nothing interrupted.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int exitCode)
    {
        if (ExitCode is not null)
            return;
        context.Cancel = true;
        ExitCode = exitCode;
        _source.Cancel();
    }
}
