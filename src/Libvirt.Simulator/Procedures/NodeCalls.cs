using System.Text;

namespace Libvirt.Simulator;

/// <summary>The host's hardware.</summary>
internal static class NodeCalls
{
    private const int ModelSize = 32;

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.NodeGetInfo, (c, _) => Info(c.Host.Hardware));
        table.Serve(RemoteProcedures.NodeGetCpuStats, CpuStats);
        table.Serve(RemoteProcedures.NodeGetMemoryStats, MemoryStats);
        table.Serve(RemoteProcedures.NodeGetCpuMap, CpuMap);
        table.Serve(RemoteProcedures.NodeGetFreeMemory, (c, _) => new NodeGetFreeMemoryRet { FreeMem = FreeKiB(c.Host) << 10 });
        table.Serve(RemoteProcedures.NodeGetCellsFreeMemory,
            (c, a) => new NodeGetCellsFreeMemoryRet { Cells = a.StartCell == 0 && a.MaxCells > 0 ? [FreeKiB(c.Host) << 10] : [] });
        table.Serve(RemoteProcedures.NodeGetFreePages, (c, a) => new NodeGetFreePagesRet
        {
            Counts = [.. a.Pages.Select(size => size == 0 ? 0 : FreeKiB(c.Host) / size)],
        });
        table.Serve(RemoteProcedures.NodeGetSecurityModel, (_, _) => new NodeGetSecurityModelRet { Model = [.. "none\0"u8], Doi = [.. "0\0"u8] });
        table.Serve(RemoteProcedures.NodeNumOfDevices, (_, _) => new NodeNumOfDevicesRet { Num = 0 });
        table.Serve(RemoteProcedures.NodeListDevices, (_, _) => new NodeListDevicesRet { Names = [] });
        table.Serve(RemoteProcedures.ConnectListAllNodeDevices, (_, _) => new ConnectListAllNodeDevicesRet { Devices = [], Ret = 0 });
        table.Serve(RemoteProcedures.ConnectNumOfInterfaces, (_, _) => new ConnectNumOfInterfacesRet { Num = 0 });
        table.Serve(RemoteProcedures.ConnectNumOfDefinedInterfaces, (_, _) => new ConnectNumOfDefinedInterfacesRet { Num = 0 });
        table.Serve(RemoteProcedures.ConnectListAllInterfaces, (_, _) => new ConnectListAllInterfacesRet { Interfaces = [], Ret = 0 });
        table.Serve(RemoteProcedures.ConnectNumOfNWFilters, (_, _) => new ConnectNumOfNWFiltersRet { Num = 0 });
        table.Serve(RemoteProcedures.ConnectListAllNWFilters, (_, _) => new ConnectListAllNWFiltersRet { Filters = [], Ret = 0 });
    }

    private static NodeGetInfoRet Info(SimulatedHardware hardware)
    {
        byte[] model = new byte[ModelSize];
        Encoding.ASCII.GetBytes(hardware.CpuModel.AsSpan(0, Math.Min(hardware.CpuModel.Length, ModelSize - 1)), model);
        return new NodeGetInfoRet
        {
            Model = model,
            Memory = hardware.MemoryKiB,
            Cpus = hardware.Cpus,
            Mhz = hardware.Mhz,
            Nodes = 1,
            Sockets = hardware.Sockets,
            Cores = hardware.Cores,
            Threads = hardware.Threads,
        };
    }

    private static ulong FreeKiB(SimulatedHost host)
    {
        ulong used = 1UL << 20;
        foreach (SimulatedDomain domain in host.Domains.All.Where(d => d.IsActive))
            used += domain.Current.CurrentMemoryKiB;
        return host.Hardware.MemoryKiB - Math.Min(used, host.Hardware.MemoryKiB);
    }

    private static NodeGetCpuStatsRet CpuStats(CallContext context, NodeGetCpuStatsArgs arguments)
    {
        SimulatedHost host = context.Host;
        int cpus = arguments.CpuNum < 0 ? host.Hardware.Cpus : 1;
        if (arguments.CpuNum >= host.Hardware.Cpus)
            throw Failures.Argument($"Invalid cpuNum in nodeGetCPUStats: {arguments.CpuNum}");
        ulong guests = 0;
        foreach (SimulatedDomain domain in host.Domains.All)
            guests += domain.Statistics.CpuTime;
        ulong total = (ulong)((host.Time.GetUtcNow() - host.StartedAt).TotalSeconds * 1e9) * (ulong)cpus;
        ulong user = guests * (ulong)cpus / (ulong)host.Hardware.Cpus;
        ulong kernel = user / 10 + total / 200;
        RemoteNodeGetCpuStats[] all =
        [
            new("kernel", kernel), new("user", user), new("idle", total - Math.Min(total, user + kernel)), new("iowait", total / 500),
        ];
        return new NodeGetCpuStatsRet
        {
            Params = TypedParameters.Fit(all, arguments.ParamCount),
            ParamCount = TypedParameters.CountFor(all, arguments.ParamCount),
        };
    }

    private static NodeGetMemoryStatsRet MemoryStats(CallContext context, NodeGetMemoryStatsArgs arguments)
    {
        RemoteNodeGetMemoryStats[] all =
        [
            new("total", context.Host.Hardware.MemoryKiB), new("free", FreeKiB(context.Host)), new("buffers", 128 << 10), new("cached", 512 << 10),
        ];
        return new NodeGetMemoryStatsRet
        {
            Params = TypedParameters.Fit(all, arguments.ParamCount),
            ParamCount = TypedParameters.CountFor(all, arguments.ParamCount),
        };
    }

    private static NodeGetCpuMapRet CpuMap(CallContext context, NodeGetCpuMapArgs arguments)
    {
        int cpus = context.Host.Hardware.Cpus;
        return new NodeGetCpuMapRet
        {
            CpuMap = arguments.NeedMap == 0 ? [] : GuestPlacement.AllCpus(cpus, (cpus + 7) / 8),
            Online = arguments.NeedOnline == 0 ? 0 : (uint)cpus,
            Ret = cpus,
        };
    }
}
