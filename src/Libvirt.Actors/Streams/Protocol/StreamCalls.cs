using System.Collections.Frozen;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>Which calls begin a stream.</summary>
internal static class StreamCalls
{
    private static readonly FrozenSet<(uint Program, int Number)> Known =
        StreamProcedures.Streams.Select(procedure => (procedure.Program, procedure.Number)).ToFrozenSet();

    /// <summary>Whether a successful reply with that header begins a stream.</summary>
    public static bool Begins(in MessageHeader header) => Known.Contains((header.Program, header.Procedure));
}
