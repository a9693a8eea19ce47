namespace Libvirt.Simulator;

/// <summary>What a guest consists of, and changes to it.</summary>
internal static class DomainConfigurationCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainGetXmlDesc, (c, a) => new DomainGetXmlDescRet
        {
            Xml = c.Domain(a.Dom).GetXml(((DomainXmlFlags)a.Flags).HasFlag(DomainXmlFlags.Inactive)),
        });
        table.Serve(RemoteProcedures.DomainGetMetadata, (c, a) => new DomainGetMetadataRet
        {
            Metadata = c.Domain(a.Dom).GetMetadata((DomainMetadataType)a.Type, a.Uri, Impact(a.Flags).HasFlag(DomainModificationImpact.Config)),
        });
        table.Serve(RemoteProcedures.DomainSetMetadata,
            (c, a) => c.Domain(a.Dom).SetMetadata((DomainMetadataType)a.Type, a.Metadata, a.Key, a.Uri, Impact(a.Flags)));
        table.Serve(RemoteProcedures.DomainAttachDevice, (c, a) => AttachLive(c.Domain(a.Dom), a.Xml));
        table.Serve(RemoteProcedures.DomainAttachDeviceFlags, (c, a) => c.Domain(a.Dom).AttachDevice(a.Xml, Impact(a.Flags)));
        table.Serve(RemoteProcedures.DomainDetachDevice, (c, a) => c.Domain(a.Dom).DetachDevice(a.Xml, DomainModificationImpact.Live));
        table.Serve(RemoteProcedures.DomainDetachDeviceFlags, (c, a) => c.Domain(a.Dom).DetachDevice(a.Xml, Impact(a.Flags)));
        table.Serve(RemoteProcedures.DomainDetachDeviceAlias, (c, a) => c.Domain(a.Dom).DetachAlias(a.Alias, Impact(a.Flags)));
        table.Serve(RemoteProcedures.DomainUpdateDeviceFlags, (c, a) => c.Domain(a.Dom).UpdateDevice(a.Xml, Impact(a.Flags)));
        table.Serve(RemoteProcedures.DomainGetSecurityLabel, (_, _) => NoLabel);
        table.Serve(RemoteProcedures.DomainGetSecurityLabelList, (_, _) => new DomainGetSecurityLabelListRet { Labels = [], Ret = 0 });
    }

    /// <summary>The part of flags that says which of the two documents is meant.</summary>
    public static DomainModificationImpact Impact(uint flags) =>
        (DomainModificationImpact)flags & (DomainModificationImpact.Live | DomainModificationImpact.Config);

    private static DomainGetSecurityLabelRet NoLabel => new() { Label = [0], Enforcing = 0 };

    private static void AttachLive(SimulatedDomain domain, string xml)
    {
        domain.EnsureActive();
        domain.AttachDevice(xml, DomainModificationImpact.Live);
    }
}
