using System.Text.Json;

namespace Libvirt.Simulator;

/// <summary>One JSON command as QEMU's monitor and the guest agent take them.</summary>
internal sealed class MonitorCommand
{
    private MonitorCommand(string name, string? id) => (Name, Id) = (name, id);

    public string Name { get; }

    /// <summary>The id to be given back, as JSON; null for none.</summary>
    public string? Id { get; }

    /// <exception cref="SimulatedFailureException">It is not a command.</exception>
    public static MonitorCommand Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("execute", out JsonElement name) && name.ValueKind == JsonValueKind.String)
                return new MonitorCommand(name.GetString()!, root.TryGetProperty("id", out JsonElement id) ? id.GetRawText() : null);
            throw new SimulatedFailureException(ErrorNumber.InternalError, "the command has no 'execute'");
        }
        catch (JsonException)
        {
            throw new SimulatedFailureException(ErrorNumber.InternalError, $"cannot parse json {json}: lexical error");
        }
    }
}
