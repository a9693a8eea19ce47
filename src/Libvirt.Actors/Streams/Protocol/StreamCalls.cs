using System.Collections.Frozen;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Streams;

/// <summary>Which calls begin a stream.</summary>
internal static class StreamCalls
{
    private static readonly FrozenSet<(uint Program, int Number)> Known =
        StreamProcedures.Streams.Select(procedure => (procedure.Program, procedure.Number)).ToFrozenSet();

    /// <summary>Whether a successful call of that procedure begins a stream.</summary>
    public static bool Begins(Procedure procedure) => Known.Contains((procedure.Program, procedure.Number));

    /// <summary>Whether its stream carries what somebody types and reads, at any time and little of it, rather than bulk data.</summary>
    public static bool IsInteractive(Procedure procedure) =>
        procedure.Program == RemoteProcedures.DomainOpenConsole.Program
        && (procedure.Number == RemoteProcedures.DomainOpenConsole.Number || procedure.Number == RemoteProcedures.DomainOpenChannel.Number);

    /// <summary>Whether a successful reply with that header begins a stream.</summary>
    public static bool Begins(in MessageHeader header) => Known.Contains((header.Program, header.Procedure));
}
