using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One secret of a simulated host.</summary>
public sealed class SimulatedSecret
{
    internal SimulatedSecret(Guid uuid, XElement xml)
    {
        Uuid = uuid;
        Xml = xml;
    }

    /// <summary>Its UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>What it is for.</summary>
    public SecretUsageType UsageType => (string?)Xml.Element("usage")?.Attribute("type") switch
    {
        "volume" => SecretUsageType.Volume,
        "ceph" => SecretUsageType.Ceph,
        "iscsi" => SecretUsageType.Iscsi,
        "tls" => SecretUsageType.Tls,
        "vtpm" => SecretUsageType.Vtpm,
        _ => SecretUsageType.None,
    };

    /// <summary>The thing it is for, such as a volume's path; empty for none.</summary>
    public string UsageId => Xml.Element("usage")?.Elements().FirstOrDefault()?.Value.Trim() ?? "";

    /// <summary>Whether its value may never be read back.</summary>
    public bool IsPrivate => (string?)Xml.Attribute("private") == "yes";

    /// <summary>Whether it is gone when the daemon is.</summary>
    public bool IsEphemeral => (string?)Xml.Attribute("ephemeral") == "yes";

    /// <summary>Its value; null while it has none.</summary>
    internal byte[]? Value { get; set; }

    internal XElement Xml { get; set; }

    internal RemoteSecret Wire => new(Uuid, (int)UsageType, UsageId);
}
