using System.Buffers;
using System.Buffers.Binary;

namespace Libvirt.Simulator;

/// <summary>Opening and closing a host, and what it says of itself.</summary>
internal static class ConnectCalls
{
    private const int KeepAliveFeature = 10;

    public static void Register(ProcedureTableBuilder table)
    {
        table.ServeUnopened(RemoteProcedures.ConnectOpen, Open, NormalizeOpen);
        table.ServeUnopened(RemoteProcedures.ConnectClose, (c, _) =>
        {
            c.Session.CloseWhenDrainedAfterReply();
            return XdrVoid.Value;
        });
        table.ServeUnopened(RemoteProcedures.ConnectSupportsFeature, (c, a) => new ConnectSupportsFeatureRet { Supported = Supports(c, a.Feature) ? 1 : 0 });
        table.Serve(RemoteProcedures.ConnectSetIdentity, (_, _) => { });
        table.Serve(RemoteProcedures.ConnectGetType, (_, _) => new ConnectGetTypeRet { Type = "QEMU" });
        table.Serve(RemoteProcedures.ConnectGetVersion, (c, _) => new ConnectGetVersionRet { HvVer = c.Session.Simulator.Options.HypervisorVersion });
        table.Serve(RemoteProcedures.ConnectGetLibVersion, (c, _) => new ConnectGetLibVersionRet { LibVer = c.Session.Simulator.Options.LibvirtVersion });
        table.Serve(RemoteProcedures.ConnectGetHostname, (c, _) => new ConnectGetHostnameRet { Hostname = c.Host.Name });
        table.Serve(RemoteProcedures.ConnectGetUri, (c, _) => new ConnectGetUriRet { Uri = c.Session.OpenedUri });
        table.Serve(RemoteProcedures.ConnectIsSecure, (c, _) => new ConnectIsSecureRet { Secure = c.Session.Endpoint.Port == 0 ? 1 : 0 });
        table.Serve(RemoteProcedures.ConnectGetMaxVcpus, (_, _) => new ConnectGetMaxVcpusRet { MaxVcpus = 255 });
        table.Serve(RemoteProcedures.ConnectGetCapabilities, (c, _) => new ConnectGetCapabilitiesRet { Capabilities = HostDocuments.Capabilities(c.Host) });
        table.Serve(RemoteProcedures.ConnectGetDomainCapabilities,
            (c, a) => new ConnectGetDomainCapabilitiesRet { Capabilities = HostDocuments.DomainCapabilities(c.Host, a.Machine) });
        table.Serve(RemoteProcedures.ConnectGetSysinfo, (c, _) => new ConnectGetSysinfoRet { Sysinfo = HostDocuments.Sysinfo(c.Host) });
        table.Serve(RemoteProcedures.ConnectGetCpuModelNames, (_, a) => CpuModels(a));
        table.Serve(RemoteProcedures.ConnectRegisterCloseCallback, (_, _) => { });
        table.Serve(RemoteProcedures.ConnectUnregisterCloseCallback, (_, _) => { });
    }

    /// <summary>
    /// libvirtd takes any number but 0 in front of the name for yes; go-libvirt sends 0x01000000.
    /// </summary>
    private static ReadOnlySequence<byte> NormalizeOpen(ReadOnlySequence<byte> payload)
    {
        byte[] bytes = payload.ToArray();
        if (bytes.Length >= 4 && bytes.AsSpan(0, 4).ContainsAnyExcept((byte)0))
            BinaryPrimitives.WriteInt32BigEndian(bytes, 1);
        return new ReadOnlySequence<byte>(bytes);
    }

    private static XdrVoid Open(CallContext context, ConnectOpenArgs arguments)
    {
        ClientSession session = context.Session;
        if (session.Host is not null)
            throw Failures.AlreadyOpen();
        SimulatedHost? host = session.Simulator.Resolve(session.Endpoint, arguments.Name);
        if (host is null)
            throw new SimulatedFailureException(ErrorNumber.NoConnect, ErrorDomain.None, arguments.Name ?? "");
        if (host.IsUp)
            session.Open(host, string.IsNullOrEmpty(arguments.Name) ? "qemu:///" + host.Name : arguments.Name, (arguments.Flags & (uint)ConnectFlags.ReadOnly) != 0);
        else
            session.Close();
        return XdrVoid.Value;
    }

    private static bool Supports(CallContext context, int feature)
    {
        if (feature == KeepAliveFeature)
        {
            context.Session.StartKeepAlive();
            return true;
        }
        _ = context.Host;
        return (DriverFeature)feature switch
        {
            DriverFeature.MigrationPeerToPeer or DriverFeature.MigrationV3 or DriverFeature.MigrationParameters or DriverFeature.MigrationOffline => true,
            DriverFeature.TypedParameterStrings or DriverFeature.XmlMigratable or DriverFeature.MigrationChangeProtection => true,
            DriverFeature.EventCallbacks => context.Session.Simulator.Options.HasEventCallbacks,
            DriverFeature.CloseCallback or DriverFeature.NetworkUpdateOrder => true,
            _ => false,
        };
    }

    private static ConnectGetCpuModelNamesRet CpuModels(ConnectGetCpuModelNamesArgs arguments)
    {
        string[] models = ["qemu64", "kvm64", "Westmere", "Haswell", "Skylake-Server", "EPYC"];
        return new ConnectGetCpuModelNamesRet { Models = arguments.NeedResults == 0 ? [] : models, Ret = models.Length };
    }
}
