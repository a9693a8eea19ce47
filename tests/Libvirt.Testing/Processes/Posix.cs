using System.Runtime.InteropServices;

namespace Libvirt.Testing;

/// <summary>The few calls of the operating system that .NET has no API for.</summary>
internal static partial class Posix
{
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;
    public const int SignalContinue = 18;
    public const int SignalStop = 19;

    private const long SetResUid = 117;
    private const long Unchanged = -1;

    /// <summary>The user id under which this process runs.</summary>
    public static uint EffectiveUserId => GetEffectiveUserId();

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    /// <summary>
    /// Runs <paramref name="action"/> with another effective user id on this thread alone. The C library's own function
    /// would change every thread of the process, hence the bare system call.
    /// </summary>
    public static void RunAs(uint userId, Action action)
    {
        uint own = EffectiveUserId;
        if (own == userId)
        {
            action();
            return;
        }
        if (SystemCall(SetResUid, Unchanged, userId, Unchanged) != 0)
            throw new InvalidOperationException($"cannot act as user {userId}: error {Marshal.GetLastPInvokeError()}");
        try
        {
            action();
        }
        finally
        {
            if (SystemCall(SetResUid, Unchanged, own, Unchanged) != 0)
                Environment.FailFast("a thread could not return to its own user id");
        }
    }

    /// <summary>Sets a variable where native libraries of this process read it, which .NET's own copy of the environment does not reach.</summary>
    public static void SetEnvironment(string name, string value) => _ = SetEnvironmentVariable(name, value, 1);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long realId, long effectiveId, long savedId);
}
