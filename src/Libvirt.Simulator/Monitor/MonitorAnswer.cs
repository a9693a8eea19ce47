using System.Text;
using System.Text.Json;

namespace Libvirt.Simulator;

/// <summary>The JSON that a monitor answers.</summary>
internal static class MonitorAnswer
{
    /// <summary>A command's result.</summary>
    public static string Return(MonitorCommand command, Action<Utf8JsonWriter> writeValue) => Write(command, writer =>
    {
        writer.WritePropertyName("return");
        writeValue(writer);
    });

    /// <summary>The result of a command that has none.</summary>
    public static string ReturnNothing(MonitorCommand command) => Return(command, writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    });

    /// <summary>What QEMU says to a command it does not know.</summary>
    public static string NotFound(MonitorCommand command) => Write(command, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteString("class", "CommandNotFound");
        writer.WriteString("desc", $"The command {command.Name} has not been found");
        writer.WriteEndObject();
    });

    /// <summary>An object as a value.</summary>
    public static void Object(this Utf8JsonWriter writer, Action<Utf8JsonWriter> writeMembers)
    {
        writer.WriteStartObject();
        writeMembers(writer);
        writer.WriteEndObject();
    }

    private static string Write(MonitorCommand command, Action<Utf8JsonWriter> writeMembers)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter writer = new(output))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WritePropertyName("id");
            // libvirt gives a command that has no id one of its own.
            writer.WriteRawValue(command.Id ?? "\"libvirt-1\"");
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
