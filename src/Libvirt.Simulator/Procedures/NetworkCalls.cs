namespace Libvirt.Simulator;

/// <summary>Virtual networks.</summary>
internal static class NetworkCalls
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromHours(1);

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectNumOfNetworks, (c, _) => new ConnectNumOfNetworksRet { Num = c.Host.Networks.All.Count(n => n.IsActive) });
        table.Serve(RemoteProcedures.ConnectNumOfDefinedNetworks, (c, _) => new ConnectNumOfDefinedNetworksRet { Num = c.Host.Networks.All.Count(n => !n.IsActive) });
        table.Serve(RemoteProcedures.ConnectListNetworks,
            (c, a) => new ConnectListNetworksRet { Names = [.. c.Host.Networks.All.Where(n => n.IsActive).Select(n => n.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.ConnectListDefinedNetworks,
            (c, a) => new ConnectListDefinedNetworksRet { Names = [.. c.Host.Networks.All.Where(n => !n.IsActive).Select(n => n.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.ConnectListAllNetworks, ListAll);
        table.Serve(RemoteProcedures.NetworkLookupByName, (c, a) => new NetworkLookupByNameRet { Net = c.Host.Networks[a.Name].Wire });
        table.Serve(RemoteProcedures.NetworkLookupByUuid, (c, a) => new NetworkLookupByUuidRet { Net = c.Host.Networks.Find(a.Uuid).Wire });
        table.Serve(RemoteProcedures.NetworkDefineXml, (c, a) => new NetworkDefineXmlRet { Net = c.Host.Networks.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.NetworkDefineXmlFlags, (c, a) => new NetworkDefineXmlFlagsRet { Net = c.Host.Networks.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.NetworkCreateXml, (c, a) => new NetworkCreateXmlRet { Net = c.Host.Networks.Create(a.Xml).Wire });
        table.Serve(RemoteProcedures.NetworkCreateXmlFlags, (c, a) => new NetworkCreateXmlFlagsRet { Net = c.Host.Networks.Create(a.Xml).Wire });
        table.Serve(RemoteProcedures.NetworkCreate, (c, a) => Find(c, a.Net).Start());
        table.Serve(RemoteProcedures.NetworkDestroy, (c, a) => Find(c, a.Net).Stop());
        table.Serve(RemoteProcedures.NetworkUndefine, (c, a) => c.Host.Networks.Undefine(Find(c, a.Net)));
        table.Serve(RemoteProcedures.NetworkGetXmlDesc, (c, a) => new NetworkGetXmlDescRet { Xml = Find(c, a.Net).GetXml() });
        table.Serve(RemoteProcedures.NetworkGetBridgeName, (c, a) => new NetworkGetBridgeNameRet
        {
            Name = Find(c, a.Net).Bridge ?? throw new SimulatedFailureException(
                ErrorNumber.InternalError, ErrorDomain.Network, $"network '{a.Net.Name}' does not have a bridge name."),
        });
        table.Serve(RemoteProcedures.NetworkIsActive, (c, a) => new NetworkIsActiveRet { Active = Find(c, a.Net).IsActive ? 1 : 0 });
        table.Serve(RemoteProcedures.NetworkIsPersistent, (c, a) => new NetworkIsPersistentRet { Persistent = Find(c, a.Net).IsPersistent ? 1 : 0 });
        table.Serve(RemoteProcedures.NetworkGetAutostart, (c, a) => new NetworkGetAutostartRet { Autostart = Find(c, a.Net).Autostart ? 1 : 0 });
        table.Serve(RemoteProcedures.NetworkSetAutostart, (c, a) => Find(c, a.Net).Autostart = a.Autostart != 0);
        table.Serve(RemoteProcedures.NetworkGetDhcpLeases, Leases);
    }

    private static SimulatedNetwork Find(CallContext context, RemoteNetwork network) => context.Host.Networks.Find(network);

    private static ConnectListAllNetworksRet ListAll(CallContext context, ConnectListAllNetworksArgs arguments)
    {
        ConnectListAllNetworksFlags flags = (ConnectListAllNetworksFlags)arguments.Flags;
        RemoteNetwork[] found =
        [
            .. context.Host.Networks.All
                .Where(n => Pair(flags, ConnectListAllNetworksFlags.Active, ConnectListAllNetworksFlags.Inactive, n.IsActive)
                    && Pair(flags, ConnectListAllNetworksFlags.Persistent, ConnectListAllNetworksFlags.Transient, n.IsPersistent)
                    && Pair(flags, ConnectListAllNetworksFlags.Autostart, ConnectListAllNetworksFlags.NoAutostart, n.Autostart))
                .Select(n => n.Wire),
        ];
        return new ConnectListAllNetworksRet { Nets = arguments.NeedResults == 0 ? [] : found, Ret = (uint)found.Length };
    }

    private static bool Pair(ConnectListAllNetworksFlags flags, ConnectListAllNetworksFlags yes, ConnectListAllNetworksFlags no, bool holds) =>
        (flags & (yes | no)) == 0 || flags.HasFlag(holds ? yes : no);

    private static NetworkGetDhcpLeasesRet Leases(CallContext context, NetworkGetDhcpLeasesArgs arguments)
    {
        SimulatedNetwork network = Find(context, arguments.Net);
        long expiry = (context.Host.Time.GetUtcNow() + LeaseTime).ToUnixTimeSeconds();
        RemoteNetworkDhcpLease[] leases =
        [
            .. GuestLeases.On(network, context.Host)
                .Where(l => arguments.Mac is null || l.Mac.Equals(arguments.Mac, StringComparison.OrdinalIgnoreCase))
                .Select(l => new RemoteNetworkDhcpLease(
                    network.Bridge ?? "", expiry, (int)IPAddressType.IPv4, l.Mac, null, l.Address, GuestLeases.Prefix, l.Domain.Name, null)),
        ];
        return new NetworkGetDhcpLeasesRet { Leases = arguments.NeedResults == 0 ? [] : leases, Ret = (uint)leases.Length };
    }
}
