namespace Libvirt.Cli.Domains;

/// <summary>The words for states and their reasons that virsh's users know.</summary>
internal static class DomainWords
{
    /// <summary>The word for a state.</summary>
    public static string State(DomainState state) => state switch
    {
        DomainState.NoState => "no state",
        DomainState.Running => "running",
        DomainState.Blocked => "idle",
        DomainState.Paused => "paused",
        DomainState.Shutdown => "in shutdown",
        DomainState.Shutoff => "shut off",
        DomainState.Crashed => "crashed",
        DomainState.PMSuspended => "pmsuspended",
        _ => "no state",
    };

    /// <summary>The word for the reason of a state.</summary>
    public static string Reason(DomainState state, int reason) => state switch
    {
        DomainState.Running => Running((DomainRunningReason)reason),
        DomainState.Paused => Paused((DomainPausedReason)reason),
        DomainState.Shutdown when reason == (int)DomainShutdownReason.User => "user",
        DomainState.Shutoff => Shutoff((DomainShutoffReason)reason),
        DomainState.Crashed when reason == (int)DomainCrashedReason.Panicked => "panicked",
        _ => "unknown",
    };

    private static string Running(DomainRunningReason reason) => reason switch
    {
        DomainRunningReason.Booted => "booted",
        DomainRunningReason.Migrated => "migrated",
        DomainRunningReason.Restored => "restored",
        DomainRunningReason.FromSnapshot => "from snapshot",
        DomainRunningReason.Unpaused => "unpaused",
        DomainRunningReason.MigrationCanceled => "migration canceled",
        DomainRunningReason.SaveCanceled => "save canceled",
        DomainRunningReason.Wakeup => "event wakeup",
        DomainRunningReason.Crashed => "crashed",
        DomainRunningReason.PostCopy => "post-copy",
        DomainRunningReason.PostCopyFailed => "post-copy failed",
        _ => "unknown",
    };

    private static string Paused(DomainPausedReason reason) => reason switch
    {
        DomainPausedReason.User => "user",
        DomainPausedReason.Migration => "migrating",
        DomainPausedReason.Save => "saving",
        DomainPausedReason.Dump => "dumping",
        DomainPausedReason.IOError => "I/O error",
        DomainPausedReason.Watchdog => "watchdog",
        DomainPausedReason.FromSnapshot => "from snapshot",
        DomainPausedReason.ShuttingDown => "shutting down",
        DomainPausedReason.Snapshot => "creating snapshot",
        DomainPausedReason.Crashed => "crashed",
        DomainPausedReason.StartingUp => "starting up",
        DomainPausedReason.PostCopy => "post-copy",
        DomainPausedReason.PostCopyFailed => "post-copy failed",
        DomainPausedReason.ApiError => "api error",
        _ => "unknown",
    };

    private static string Shutoff(DomainShutoffReason reason) => reason switch
    {
        DomainShutoffReason.Shutdown => "shutdown",
        DomainShutoffReason.Destroyed => "destroyed",
        DomainShutoffReason.Crashed => "crashed",
        DomainShutoffReason.Migrated => "migrated",
        DomainShutoffReason.Saved => "saved",
        DomainShutoffReason.Failed => "failed",
        DomainShutoffReason.FromSnapshot => "from snapshot",
        DomainShutoffReason.Daemon => "daemon",
        _ => "unknown",
    };
}
