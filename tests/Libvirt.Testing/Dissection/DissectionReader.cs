using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Libvirt.Testing;

/// <summary>Reads tshark's PDML.</summary>
internal static class DissectionReader
{
    // The expert severity "error".
    private const uint SeverityError = 0x00800000;

    private static readonly HashSet<string> HeaderFields =
        ["libvirt.length", "libvirt.program", "libvirt.version", "libvirt.procedure", "libvirt.type", "libvirt.serial", "libvirt.status"];

    private static readonly HashSet<string> KnownPrograms = ["REMOTE", "QEMU", "LXC", "KEEPALIVE"];

    // Where the dissector itself is wrong about a payload's type: messages that libvirt's own client and daemon exchange.
    private static readonly HashSet<string> Misread =
    [
        "CONNECT_GET_TYPE REPLY", "DOMAIN_GET_OS_TYPE REPLY", "DOMAIN_GET_SCHEDULER_TYPE REPLY", "CONNECT_FIND_STORAGE_POOL_SOURCES CALL",
    ];

    public static Dissection Read(TextReader pdml)
    {
        List<DissectedMessage> messages = [];
        List<string> problems = [];
        using XmlReader reader = XmlReader.Create(pdml, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        reader.MoveToContent();
        reader.ReadStartElement("pdml");
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            XElement packet = (XElement)XNode.ReadFrom(reader);
            ReadPacket(packet, messages, problems);
        }
        return new Dissection(messages, problems);
    }

    private static void ReadPacket(XElement packet, List<DissectedMessage> messages, List<string> problems)
    {
        int number = int.Parse(Show(Fields(packet, "num").First()), CultureInfo.InvariantCulture);
        bool isFromClient = Fields(packet, "tcp.dstport").Any(port => Show(port) == "16509");
        XElement[] protocols = [.. packet.Elements("proto")];
        foreach (XElement protocol in protocols.Where(protocol => FieldName(protocol) == "libvirt"))
            ReadMessage(protocol, number, isFromClient, messages, problems);
        if (protocols.Any(IsShortStreamData))
            return;
        foreach (XElement protocol in protocols.Where(protocol => FieldName(protocol) is "_ws.malformed" or "data" or "_ws.unreassembled"))
            problems.Add($"packet {number}: {(string?)protocol.Attribute("showname") ?? FieldName(protocol)}");
        foreach (XElement severity in Fields(packet, "_ws.expert.severity").Where(field => Number(field) >= SeverityError))
            problems.Add($"packet {number}: {(string?)severity.Parent?.Attribute("showname")}");
    }

    // The dissector counts a stream's data 28 bytes short, and calls what is then less than nothing malformed.
    private static bool IsShortStreamData(XElement protocol) =>
        FieldName(protocol) == "libvirt"
        && Fields(protocol, "libvirt.type").Any(field => Number(field) == (uint)RpcType.Stream)
        && Fields(protocol, "libvirt.length").Any(field => Number(field) is > RpcFrame.PrefixSize and < 2 * RpcFrame.PrefixSize);

    private static void ReadMessage(XElement protocol, int packet, bool isFromClient, List<DissectedMessage> messages, List<string> problems)
    {
        if (!protocol.Elements("field").Any(field => FieldName(field) == "libvirt.status"))
        {
            problems.Add($"packet {packet}: a message without a whole header");
            return;
        }
        DissectedMessage message = new(
            packet,
            isFromClient,
            Label("libvirt.program"),
            Label("libvirt.procedure"),
            Label("libvirt.type"),
            Number(Fields(protocol, "libvirt.serial").First()),
            Label("libvirt.status"));
        messages.Add(message);
        if (!KnownPrograms.Contains(message.Program))
            return;

        string who = $"packet {packet}, {message.Program} {message.Procedure} {message.Type} serial {message.Serial}";
        foreach (XElement unknown in Fields(protocol, "libvirt.unknown"))
            problems.Add($"{who}: not understood from byte {(string?)unknown.Attribute("pos")} of the packet: {Show(unknown)}");
        long length = Number(Fields(protocol, "libvirt.length").First()) - RpcFrame.PrefixSize;
        long understood = protocol.Elements("field").Where(field => !HeaderFields.Contains(FieldName(field))).Sum(Size);
        // A stream's data has no structure that could be wrong.
        if (understood != length && !message.Type.StartsWith("STREAM", StringComparison.Ordinal) && !Misread.Contains($"{message.Procedure} {message.Type}"))
            problems.Add($"{who}: {length} bytes of payload, of which the procedure's type takes {understood}");

        // A label reads "procedure: CONNECT_OPEN (1)", and without the name where there is none.
        string Label(string name)
        {
            string text = (string?)Fields(protocol, name).First().Attribute("showname") ?? "";
            string value = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            int bracket = value.IndexOf(" (", StringComparison.Ordinal);
            return bracket < 0 ? value : value[..bracket];
        }
    }

    private static IEnumerable<XElement> Fields(XElement parent, string name) => parent.Descendants("field").Where(field => FieldName(field) == name);

    private static string FieldName(XElement field) => (string?)field.Attribute("name") ?? "";

    private static string Show(XElement field) => (string?)field.Attribute("show") ?? "";

    private static long Size(XElement field) => long.Parse((string?)field.Attribute("size") ?? "0", CultureInfo.InvariantCulture);

    private static uint Number(XElement field)
    {
        string text = Show(field);
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : uint.Parse(text, CultureInfo.InvariantCulture);
    }
}
