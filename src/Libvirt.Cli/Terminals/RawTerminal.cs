using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Libvirt.Cli.Terminals;

/// <summary>
/// The terminal on standard input, raw: every key goes through as it is, Ctrl+C too, and nothing is echoed. It is put back when this is disposed, and when a
/// signal ends or stops the process before.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;

    // More than a struct termios has anywhere; nobody but the C library looks into it.
    private const int SettingsSize = 256;

    private readonly byte[] _before = new byte[SettingsSize];
    private readonly byte[] _raw;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private bool _isOver;

    private RawTerminal()
    {
        if (GetSettings(StandardInput, _before) != 0)
            throw new IOException($"the terminal's settings cannot be read: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        _raw = [.. _before];
        MakeRaw(_raw);
    }

    /// <summary>Whether standard input and output are a terminal that can be made raw.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsThere => OperatingSystem.IsLinux() && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Makes the terminal raw.</summary>
    public static RawTerminal Enter()
    {
        RawTerminal terminal = new();
        terminal.Watch();
        terminal.Apply(terminal._raw);
        return terminal;
    }

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

    // Whoever else handles a signal, or nobody, may end the process at once: so the terminal comes first. Who goes on after a stop finds it raw again.
    private void Watch()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP])
            _signals.Add(PosixSignalRegistration.Create(signal, _ => ApplyInTime(_before)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => ApplyInTime(_raw)));
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

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] settings);
}
