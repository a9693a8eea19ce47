using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Qemu;

namespace Libvirt.Simulator;

/// <summary>Finds the handler of a call. One table serves all simulators: handlers have no state of their own.</summary>
internal sealed class ProcedureTable
{
    private readonly FrozenDictionary<(uint Program, int Number), ProcedureHandler> _handlers;

    private ProcedureTable(FrozenDictionary<(uint, int), ProcedureHandler> handlers) => _handlers = handlers;

    /// <summary>All that the simulator serves.</summary>
    public static ProcedureTable Default { get; } = Build();

    /// <summary>Whether libvirt has the program in this version.</summary>
    public static bool HasProgram(uint program, uint version) =>
        version == 1 && program is RemoteProcedures.Program or QemuProcedures.Program or LxcProcedures.Program;

    /// <summary>Finds a procedure that libvirt knows, served or not.</summary>
    public static bool TryGetKnown(uint program, int number, [NotNullWhen(true)] out Procedure? procedure)
    {
        procedure = null;
        return program switch
        {
            RemoteProcedures.Program => RemoteProcedures.TryGet(number, out procedure),
            QemuProcedures.Program => QemuProcedures.TryGet(number, out procedure),
            LxcProcedures.Program => LxcProcedures.TryGet(number, out procedure),
            _ => false,
        };
    }

    public bool TryGet(uint program, int number, [NotNullWhen(true)] out ProcedureHandler? handler) => _handlers.TryGetValue((program, number), out handler);

    private static ProcedureTable Build()
    {
        ProcedureTableBuilder builder = new();
        AuthenticationCalls.Register(builder);
        ConnectCalls.Register(builder);
        NodeCalls.Register(builder);
        DomainListCalls.Register(builder);
        DomainLifecycleCalls.Register(builder);
        DomainConfigurationCalls.Register(builder);
        DomainResourceCalls.Register(builder);
        DomainStatisticsCalls.Register(builder);
        DomainSaveCalls.Register(builder);
        DomainGuestCalls.Register(builder);
        SnapshotCalls.Register(builder);
        NetworkCalls.Register(builder);
        StoragePoolCalls.Register(builder);
        StorageVolumeCalls.Register(builder);
        SecretCalls.Register(builder);
        EventCalls.Register(builder);
        QemuCalls.Register(builder);
        MigrationCalls.Register(builder);
        return new ProcedureTable(builder.Handlers.ToFrozenDictionary());
    }
}
