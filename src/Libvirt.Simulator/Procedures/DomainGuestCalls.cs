namespace Libvirt.Simulator;

/// <summary>What happens inside of a guest: its console, its screen, its keyboard, its clock, its agent.</summary>
internal static class DomainGuestCalls
{
    private const int ScreenWidth = 320;
    private const int ScreenHeight = 200;

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainOpenConsole, OpenConsole);
        table.Serve(RemoteProcedures.DomainScreenshot, Screenshot);
        table.Serve(RemoteProcedures.DomainSendKey, (c, a) => c.Domain(a.Dom).EnsureActive());
        table.Serve(RemoteProcedures.DomainInjectNmi, (c, a) => c.Domain(a.Dom).EnsureActive());
        table.Serve(RemoteProcedures.DomainGetTime, (c, a) =>
        {
            EnsureAgent(c.Domain(a.Dom));
            DateTimeOffset now = c.Host.Time.GetUtcNow();
            return new DomainGetTimeRet { Seconds = now.ToUnixTimeSeconds(), Nanoseconds = (uint)(now.Ticks % TimeSpan.TicksPerSecond * 100) };
        });
        table.Serve(RemoteProcedures.DomainSetTime, (c, a) => EnsureAgent(c.Domain(a.Dom)));
        table.Serve(RemoteProcedures.DomainGetHostname, (c, a) =>
        {
            EnsureAgent(c.Domain(a.Dom));
            return new DomainGetHostnameRet { Hostname = c.Domain(a.Dom).Name };
        });
        table.Serve(RemoteProcedures.DomainGetFSInfo, (c, a) =>
        {
            EnsureAgent(c.Domain(a.Dom));
            RemoteDomainFSInfo[] all = [new("/", "vda1", "ext4", ["vda"])];
            return new DomainGetFSInfoRet { Info = all, Ret = (uint)all.Length };
        });
        table.Serve(RemoteProcedures.DomainGetGuestInfo, GuestInfo);
        table.Serve(RemoteProcedures.DomainFSFreeze, (c, a) =>
        {
            EnsureAgent(c.Domain(a.Dom));
            return new DomainFSFreezeRet { Filesystems = 1 };
        });
        table.Serve(RemoteProcedures.DomainFSThaw, (c, a) =>
        {
            EnsureAgent(c.Domain(a.Dom));
            return new DomainFSThawRet { Filesystems = 1 };
        });
        table.Serve(RemoteProcedures.DomainFSTrim, (c, a) => EnsureAgent(c.Domain(a.Dom)));
        table.Serve(RemoteProcedures.DomainSetUserPassword, (c, a) => EnsureAgent(c.Domain(a.Dom)));
        table.Serve(RemoteProcedures.DomainInterfaceAddresses, (c, a) => new DomainInterfaceAddressesRet
        {
            Interfaces = [.. GuestLeases.Of(c.Domain(a.Dom)).Select(l => new RemoteDomainInterface(
                l.Device, l.Mac, [new RemoteDomainIPAddress((int)IPAddressType.IPv4, l.Address, GuestLeases.Prefix)]))],
        });
    }

    /// <summary>Refuses what only an agent in the guest could do, where none runs.</summary>
    public static void EnsureAgent(SimulatedDomain domain)
    {
        domain.EnsureActive();
        if (!domain.EffectiveBehavior.HasAgent || domain.State != DomainState.Running)
            throw new SimulatedFailureException(ErrorNumber.AgentUnresponsive, "QEMU guest agent is not connected");
    }

    private static DomainGetGuestInfoRet GuestInfo(CallContext context, DomainGetGuestInfoArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        EnsureAgent(domain);
        DomainGuestInfoTypes wanted = arguments.Types == 0 ? (DomainGuestInfoTypes)uint.MaxValue : (DomainGuestInfoTypes)arguments.Types;
        List<RemoteTypedParam> list = [];
        if (wanted.HasFlag(DomainGuestInfoTypes.OS))
        {
            list.Add("os.id", "simulated");
            list.Add("os.name", "Simulated guest");
            list.Add("os.kernel-release", "6.12.0-simulated");
            list.Add("os.machine", "x86_64");
        }
        if (wanted.HasFlag(DomainGuestInfoTypes.Timezone))
        {
            list.Add("timezone.name", "UTC");
            list.Add("timezone.offset", 0);
        }
        if (wanted.HasFlag(DomainGuestInfoTypes.Hostname))
            list.Add("hostname", domain.Name);
        return new DomainGetGuestInfoRet { Params = [.. list] };
    }

    private static XdrVoid OpenConsole(CallContext context, DomainOpenConsoleArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        domain.EnsureActive();
        ConsoleStream stream = new(domain);
        domain.Console.Open(stream, ((DomainConsoleFlags)arguments.Flags).HasFlag(DomainConsoleFlags.Force));
        context.Begin(stream);
        return XdrVoid.Value;
    }

    private static DomainScreenshotRet Screenshot(CallContext context, DomainScreenshotArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        domain.EnsureActive();
        if (arguments.Screen != 0)
            throw Failures.Argument("the domain has one screen only");
        byte[] image = GuestScreen.Png(domain, ScreenWidth, ScreenHeight);
        context.Begin(new ReadStream([VolumePiece.Bytes(image)], isSparse: false));
        return new DomainScreenshotRet { Mime = "image/png" };
    }
}
