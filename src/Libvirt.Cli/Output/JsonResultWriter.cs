using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Libvirt.Cli.Output;

/// <summary>Prints JSON: a thing is an object, a list is an array of objects, a single value is an object with one member.</summary>
internal sealed class JsonResultWriter : ResultWriter
{
    // The text goes to a terminal or a program, never into a page: XML stays readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Record(IReadOnlyList<Field> fields) => Json(Object(fields));

    public override void List(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Field>> rows) =>
        Lines(rows);

    public override void Lines(IReadOnlyList<IReadOnlyList<Field>> rows) => Json(new JsonArray([.. rows.Select(Object)]));

    public override void Value(Field field) => Json(Object([field]));

    public override void Line(string text, params IReadOnlyList<Field> fields) => Json(Object(fields));

    public override void Done(string sentence, params IReadOnlyList<Field> subject) => Json(Object(subject));

    /// <summary>Writes a value and a line's end.</summary>
    public static void Write(Stream output, JsonNode? value)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, Options))
        {
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        text.WriteByte((byte)'\n');
        text.WriteTo(output);
    }

    private static JsonObject Object(IEnumerable<Field> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
