using System.Text.Json.Nodes;

namespace Libvirt.Cli.Output;

/// <summary>Prints JSON: a thing is an object, a list is an array of objects, a single value is an object with one member.</summary>
internal sealed class JsonResultWriter : ResultWriter
{
    public override void Record(IReadOnlyList<Field> fields) => Print(Object(fields));

    public override void List(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Field>> rows) => Lines(rows);

    public override void Lines(IReadOnlyList<IReadOnlyList<Field>> rows) => Print(new JsonArray([.. rows.Select(Object)]));

    public override void Value(Field field) => Print(Object([field]));

    public override void Payload(Field field) => Value(field);

    public override void LabelledValue(Field field) => Value(field);

    public override void Line(string text, params IReadOnlyList<Field> fields) => Print(Object(fields));

    public override void Done(string sentence, params IReadOnlyList<Field> subject) => Print(Object(subject));

    private static void Print(JsonNode value) => JsonText.Print(json => value.WriteTo(json));

    private static JsonObject Object(IEnumerable<Field> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, Node(f.Value))));

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        uint number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        _ => throw new ArgumentException($"JSON has no {value.GetType().Name}.", nameof(value)),
    };
}
