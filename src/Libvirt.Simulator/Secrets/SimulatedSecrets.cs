using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>The secrets of one host.</summary>
public sealed class SimulatedSecrets
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<Guid, SimulatedSecret> _byUuid = [];

    internal SimulatedSecrets(SimulatedHost host) => _host = host;

    /// <summary>All of them.</summary>
    public IReadOnlyList<SimulatedSecret> All
    {
        get
        {
            lock (_host.Gate)
                return [.. _byUuid.Values.OrderBy(s => s.Uuid)];
        }
    }

    /// <summary>Defines a secret from a document, as <c>virSecretDefineXML</c> does.</summary>
    /// <exception cref="SimulatedFailureException">The document cannot be used.</exception>
    public SimulatedSecret Define(string xml)
    {
        XElement given = XmlText.Parse(xml, "secret", ErrorDomain.Secret);
        given.SetAttributeValue("ephemeral", (string?)given.Attribute("ephemeral") ?? "no");
        given.SetAttributeValue("private", (string?)given.Attribute("private") ?? "no");
        Guid uuid = given.UuidOrNew(ErrorDomain.Secret);
        given.Element("uuid")?.Remove();
        given.AddFirst(new XElement("uuid", uuid.ToString()));
        lock (_host.Gate)
        {
            if (_byUuid.TryGetValue(uuid, out SimulatedSecret? secret))
                secret.Xml = given;
            else
                _byUuid.Add(uuid, secret = new SimulatedSecret(uuid, given));
            _host.Publish(ObjectNotices.Lifecycle(secret, SecretEventLifecycleType.Defined));
            return secret;
        }
    }

    internal SimulatedSecret Find(Guid uuid) => _byUuid.GetValueOrDefault(uuid) ??
        throw new SimulatedFailureException(ErrorNumber.NoSecret, ErrorDomain.Secret, $"no secret with matching uuid '{uuid}'");

    internal SimulatedSecret Find(SecretUsageType type, string usageId) =>
        _byUuid.Values.FirstOrDefault(s => s.UsageType == type && s.UsageId == usageId) ??
        throw new SimulatedFailureException(ErrorNumber.NoSecret, ErrorDomain.Secret, $"no secret with matching usage '{usageId}'");

    internal void SetValue(SimulatedSecret secret, byte[] value)
    {
        secret.Value = value;
        _host.Publish(ObjectNotices.ValueChanged(secret));
    }

    internal void Undefine(SimulatedSecret secret)
    {
        _byUuid.Remove(secret.Uuid);
        _host.Publish(ObjectNotices.Lifecycle(secret, SecretEventLifecycleType.Undefined));
    }
}
