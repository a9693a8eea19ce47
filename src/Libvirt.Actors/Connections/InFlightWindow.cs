using Libvirt.Calls;
using Libvirt.Protocol;

namespace Libvirt.Connections;

/// <summary>
/// How many calls may be on the wire. A daemon stops reading a client that has <c>max_client_requests</c> calls outstanding, pings included; so
/// ordinary calls leave one place free, which keeps the daemon reading, and only short control calls may use it.
/// <para>
/// Calls that read and that the protocol marks as of high priority wait for no guest: the daemon answers them at once. As long as it does, more of them
/// are sent ahead and wait in its socket instead of here, where it finds the next one without waking us for it. One late answer ends that.
/// </para>
/// </summary>
internal sealed class InFlightWindow(int size)
{
    /// <summary>The most that are on the wire where calls are sent ahead: what a daemon answers in a millisecond or so.</summary>
    public const int Deepest = 32;

    /// <summary>Later than that, an answer does not come at once: some ten times what it takes with the window at its deepest.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(20);

    private const ProcedureTraits Quick = ProcedureTraits.Reading | ProcedureTraits.HighPriority;

    private readonly int _ordinary = Math.Max(1, size - 1);
    private int _promptAnswers;

    /// <summary>Whether there is room, for whatever call it is.</summary>
    public bool HasRoom(CallPriority priority, int onTheWire) => onTheWire < (priority == CallPriority.Control ? size : _ordinary);

    /// <summary>Whether there is room for this call ahead of those that the daemon works on.</summary>
    public bool HasRoomAhead(Procedure procedure, int onTheWire) =>
        onTheWire < Math.Min(_ordinary + _promptAnswers, Deepest) && IsQuick(procedure);

    /// <summary>A call was answered, so long after it had been sent.</summary>
    public void Answered(Procedure procedure, TimeSpan time)
    {
        if (IsQuick(procedure))
            _promptAnswers = time <= Prompt ? Math.Min(_promptAnswers + 1, Deepest) : 0;
    }

    private static bool IsQuick(Procedure procedure) => (procedure.Traits & Quick) == Quick;
}
