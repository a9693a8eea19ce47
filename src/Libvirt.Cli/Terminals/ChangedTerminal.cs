using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Libvirt.Cli.Terminals;

/// <summary>
/// The terminal on standard input, changed for a while. It is put back when this is disposed, and when a signal ends or stops the process before.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ChangedTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;

    // More than a struct termios has anywhere. It begins with four words of flags, of which the last holds that of echoing.
    private const int SettingsSize = 256;
    private const int LocalFlags = 3;
    private const uint Echo = 8;

    // SIGTSTP of Linux. Its handler is as opaque as the settings, and no larger.
    private const int StopSignal = 20;

    private readonly byte[] _before = new byte[SettingsSize];
    private readonly byte[] _changed;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private bool _isOver;

    private ChangedTerminal(Action<byte[]> change)
    {
        if (GetSettings(StandardInput, _before) != 0)
            throw new IOException($"the terminal's settings cannot be read: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        _changed = [.. _before];
        change(_changed);
        Watch();
        Apply(_changed);
    }

    /// <summary>Makes the terminal raw: every key goes through as it is, Ctrl+C too, and nothing is echoed.</summary>
    public static ChangedTerminal Raw() => new(MakeRaw);

    /// <summary>Has the terminal echo nothing. Lines are edited, and Ctrl+C interrupts, as ever.</summary>
    public static ChangedTerminal Silent() => new(static settings => MemoryMarshal.Cast<byte, uint>(settings.AsSpan())[LocalFlags] &= ~Echo);

    /// <summary>Puts the terminal back as it was.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        lock (_gate)
        {
            Apply(_before);
            _isOver = true;
        }
    }

    // Whoever else handles a signal, or nobody, may end the process at once: so the terminal comes first. Who goes on after a stop finds it changed again.
    private void Watch()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, _ => ApplyInTime(_before)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, GoOn));
    }

    // .NET stops no process that looks after the signal itself, and this one would go on with the terminal as it was: a password would be shown.
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        ApplyInTime(_before);
        byte[] handler = new byte[SettingsSize];
        _ = GetHandler(StopSignal, 0, handler);
        _ = SetHandler(StopSignal, 0);
        _ = Raise(StopSignal);
        _ = RestoreHandler(StopSignal, handler, 0);
    }

    // .NET would put its own settings in place of these.
    private void GoOn(PosixSignalContext context)
    {
        context.Cancel = true;
        ApplyInTime(_changed);
    }

    // A signal that came before may be handled yet when nobody watches any more: then the terminal is no longer this one's to change.
    private void ApplyInTime(byte[] settings)
    {
        lock (_gate)
        {
            if (!_isOver)
                Apply(settings);
        }
    }

    private void Apply(byte[] settings) => _ = SetSettings(StandardInput, Now, settings);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int descriptor, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int GetHandler(int signal, nint none, byte[] handler);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int RestoreHandler(int signal, byte[] handler, nint none);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] settings);
}
