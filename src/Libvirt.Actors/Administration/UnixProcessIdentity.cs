namespace Libvirt;

/// <summary>The process behind a unix socket, as the kernel told the daemon when it connected.</summary>
/// <param name="ProcessId">The process's number.</param>
/// <param name="UserId">Its user's number; -1 where the daemon did not tell.</param>
/// <param name="UserName">Its user's name.</param>
/// <param name="GroupId">Its group's number; -1 where the daemon did not tell.</param>
/// <param name="GroupName">Its group's name.</param>
public readonly record struct UnixProcessIdentity(int ProcessId, int UserId, string UserName, int GroupId, string GroupName);
