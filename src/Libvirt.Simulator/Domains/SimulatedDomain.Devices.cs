using System.Xml.Linq;

namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    internal void AttachDevice(string xml, DomainModificationImpact impact)
    {
        XElement device = XmlText.ParseAny(xml, "device_definition", ErrorDomain.Domain);
        foreach (DomainDefinition definition in Affected(impact))
        {
            if (FindDevice(definition, device) is not null)
                throw new SimulatedFailureException(ErrorNumber.OperationFailed, $"target {TargetOf(device)} already exists");
            XElement added = new(device);
            if (added.Name.LocalName == "interface")
                DomainCompletion.CompleteInterface(added, _host.Name, Name, definition.Interfaces.Count() + 1);
            definition.Devices.Add(added);
            if (definition != Live)
                continue;
            DomainCompletion.NameDevices(definition.Xml, Id);
            _host.Publish(DomainNotices.DeviceAdded(this, AliasOf(added)));
        }
    }

    internal void DetachDevice(string xml, DomainModificationImpact impact)
    {
        XElement device = XmlText.ParseAny(xml, "device_definition", ErrorDomain.Domain);
        Remove(impact, d => FindDevice(d, device) ?? throw new SimulatedFailureException(
            ErrorNumber.DeviceMissing, $"no {device.Name.LocalName} device matches '{TargetOf(device)}'"));
    }

    internal void DetachAlias(string alias, DomainModificationImpact impact) => Remove(impact, d =>
        d.Devices.Elements().FirstOrDefault(e => AliasOf(e) == alias)
        ?? throw new SimulatedFailureException(ErrorNumber.DeviceMissing, $"no device found with alias {alias}"));

    internal void UpdateDevice(string xml, DomainModificationImpact impact)
    {
        XElement device = XmlText.ParseAny(xml, "device_definition", ErrorDomain.Domain);
        foreach (DomainDefinition definition in Affected(impact))
        {
            XElement old = FindDevice(definition, device) ?? throw new SimulatedFailureException(
                ErrorNumber.DeviceMissing, $"no {device.Name.LocalName} device matches '{TargetOf(device)}'");
            old.ReplaceWith(new XElement(device));
            if (definition == Live)
                DomainCompletion.NameDevices(definition.Xml, Id);
        }
    }

    private void Remove(DomainModificationImpact impact, Func<DomainDefinition, XElement> find)
    {
        foreach (DomainDefinition definition in Affected(impact))
        {
            XElement found = find(definition);
            string alias = AliasOf(found);
            found.Remove();
            if (definition == Live)
                _host.Publish(DomainNotices.DeviceRemoved(this, alias));
        }
    }

    private static XElement? FindDevice(DomainDefinition definition, XElement device)
    {
        string? target = TargetOf(device);
        return target is null ? null : definition.Devices.Elements(device.Name).FirstOrDefault(d => TargetOf(d) == target);
    }

    private static string? TargetOf(XElement device) => device.Name.LocalName == "interface"
        ? (string?)device.Element("mac")?.Attribute("address")
        : (string?)device.Element("target")?.Attribute("dev");

    private static string AliasOf(XElement device) => (string?)device.Element("alias")?.Attribute("name") ?? "";
}
