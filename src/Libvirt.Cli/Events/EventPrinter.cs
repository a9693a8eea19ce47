using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Libvirt.Cli.Output;
using Libvirt.Diagnostics;
using Libvirt.Events;

namespace Libvirt.Cli.Events;

/// <summary>Prints events as they come: a line each, for people as virsh prints them, or a JSON object a line.</summary>
internal sealed class EventPrinter(OutputFormat format, bool timestamps, TextWriter output)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Print<TEvent>(EventKind kind, EventNotice<TEvent> notice)
        where TEvent : LibvirtEvent
    {
        if (format == OutputFormat.Json)
            output.WriteLine(JsonText.Escape(Json(kind, notice).ToJsonString(OneLine)));
        else
            output.WriteLine(Stamp() + DisplayText.Escape(Text(kind, notice)));
        output.Flush();
    }

    private static string Text<TEvent>(EventKind kind, EventNotice<TEvent> notice)
        where TEvent : LibvirtEvent
    {
        if (notice.Gap is { } gap)
            return $"gap from {Time(gap.From)} to {Time(gap.To)}: {gap.Reason?.Message}";
        if (notice.Event is not { } happened)
            return $"{notice.Dropped} events of kind '{kind}' were dropped";
        string domain = happened is DomainEvent { Domain.Name: var name } ? $" for domain '{name}'" : "";
        string found = notice.IsSynthesised ? " (found after the gap)" : "";
        string details = EventWords.Describe(happened);
        return $"event '{kind}'{domain}{(details.Length > 0 ? ": " : "")}{details}{found}";
    }

    private JsonObject Json<TEvent>(EventKind kind, EventNotice<TEvent> notice)
        where TEvent : LibvirtEvent
    {
        JsonObject line = [];
        if (timestamps)
            line["timestamp"] = Time(DateTimeOffset.UtcNow);
        if (notice.Gap is { } gap)
        {
            line["gap"] = new JsonObject { ["from"] = Time(gap.From), ["to"] = Time(gap.To), ["reason"] = gap.Reason?.Message };
        }
        else if (notice.Event is { } happened)
        {
            line["event"] = kind.Name;
            foreach ((string name, JsonNode? value) in EventJson.Fields(happened).ToList())
                line[name == "event" ? "type" : name] = value?.DeepClone();
            if (notice.IsSynthesised)
                line["synthesised"] = true;
        }
        else
        {
            line["dropped"] = notice.Dropped;
        }

        return line;
    }

    private string Stamp() => timestamps ? Time(DateTimeOffset.UtcNow) + ": " : "";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";
}
