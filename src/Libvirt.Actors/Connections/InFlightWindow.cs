using Libvirt.Calls;
using Libvirt.Protocol;

namespace Libvirt.Connections;

/// <summary>
/// Limits the calls in flight. A daemon stops reading a client that has <c>max_client_requests</c> calls outstanding, pings included. So ordinary calls leave
/// one place free, which keeps the daemon reading; only short control calls may use it.
/// <para>
/// Calls that read and that the protocol marks as high priority do not wait for a guest: the daemon answers them at once. As long as it does, more of them are
/// sent ahead and wait in its socket, so that it need not wait for this process between two of them. One late answer ends that.
/// </para>
/// </summary>
internal sealed class InFlightWindow(int size)
{
    /// <summary>The most calls in flight when quick calls are sent ahead: what a daemon answers in about a millisecond.</summary>
    public const int MaxSentAhead = 32;

    /// <summary>An answer that takes longer is late: about ten times what it takes with <see cref="MaxSentAhead"/> calls in flight.</summary>
    public static readonly TimeSpan PromptLimit = TimeSpan.FromMilliseconds(20);

    private const ProcedureTraits Quick = ProcedureTraits.Reading | ProcedureTraits.HighPriority;

    private readonly int _ordinary = Math.Max(1, size - 1);
    private int _promptAnswers;

    /// <summary>Whether a call of that priority may be sent.</summary>
    public bool HasRoom(CallPriority priority, int onTheWire) => onTheWire < (priority == CallPriority.Control ? size : _ordinary);

    /// <summary>Whether the call may be sent ahead of those that the daemon works on.</summary>
    public bool HasRoomAhead(Procedure procedure, int onTheWire) =>
        onTheWire < Math.Min(_ordinary + _promptAnswers, MaxSentAhead) && IsQuick(procedure);

    /// <summary>The reply to a call arrived, that long after the call had been sent.</summary>
    public void Answered(Procedure procedure, TimeSpan time)
    {
        if (IsQuick(procedure))
            _promptAnswers = time <= PromptLimit ? Math.Min(_promptAnswers + 1, MaxSentAhead) : 0;
    }

    private static bool IsQuick(Procedure procedure) => (procedure.Traits & Quick) == Quick;
}
