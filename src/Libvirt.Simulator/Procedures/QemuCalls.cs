using Libvirt.Protocol.Qemu;

namespace Libvirt.Simulator;

/// <summary>QEMU's own: the monitor and the guest agent.</summary>
internal static class QemuCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(QemuProcedures.DomainMonitorCommand, (c, a) =>
        {
            SimulatedDomain domain = c.Domain(a.Dom);
            domain.EnsureActive();
            bool isHuman = ((DomainQemuMonitorCommandFlags)a.Flags).HasFlag(DomainQemuMonitorCommandFlags.Hmp);
            return new DomainMonitorCommandRet { Result = isHuman ? HumanMonitor.Execute(domain, a.Cmd) : JsonMonitor.Execute(domain, a.Cmd) };
        });
        table.Serve(QemuProcedures.DomainAgentCommand, (c, a) =>
        {
            SimulatedDomain domain = c.Domain(a.Dom);
            DomainGuestCalls.EnsureAgent(domain);
            return new DomainAgentCommandRet { Result = GuestAgent.Execute(domain, a.Cmd) };
        });
    }
}
