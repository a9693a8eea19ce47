using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Libvirt.Testing.Capture;

/// <summary>Writes the golden messages: a file for each program, a line of JSON for each message.</summary>
internal static class GoldenFiles
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string directory, IReadOnlyList<Exchange> exchanges)
    {
        Directory.CreateDirectory(directory);
        foreach (string old in Directory.GetFiles(directory, "*.jsonl"))
            File.Delete(old);
        foreach (IGrouping<uint, Exchange> program in exchanges.GroupBy(exchange => exchange.Program))
        {
            StringBuilder text = new();
            int number = 0;
            foreach (Exchange exchange in program)
            {
                number++;
                foreach (RecordedFrame frame in exchange.Frames)
                    text.Append(Line(number, exchange, frame)).Append('\n');
            }
            File.WriteAllText(Path.Combine(directory, $"{RpcProgram.Name(program.Key)}.jsonl"), text.ToString());
        }
    }

    private static string Line(int number, Exchange exchange, RecordedFrame recorded)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            RpcFrame frame = recorded.Frame;
            json.WriteStartObject();
            json.WriteNumber("exchange", number);
            json.WriteString("from", recorded.IsFromClient ? "client" : "daemon");
            json.WriteNumber("procedure", frame.Procedure);
            json.WriteString("name", exchange.Name);
            json.WriteString("type", frame.Type.ToString());
            json.WriteString("status", frame.Status.ToString());
            json.WriteNumber("serial", frame.Serial);
            json.WriteString("source", exchange.Source);
            json.WriteString("frame", Convert.ToHexStringLower(frame.Bytes.Span));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
