using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>Lays out the fields of a struct, one a line, what they hold indented below them.</summary>
internal static class FieldLines
{
    private const int NameWidth = 26;
    private const int TypeWidth = 26;

    /// <summary>The lines; a single one when there are no fields.</summary>
    public static IEnumerable<string> Of(StructSchema? type) => type is null || type.Fields.Count == 0 ? ["  none"] : Fields(type.Fields, "  ");

    private static IEnumerable<string> Fields(IEnumerable<FieldSchema> fields, string indent) =>
        fields.SelectMany(field => Field(field.Name, field.Type, indent));

    private static IEnumerable<string> Field(string name, SchemaType type, string indent) =>
        [$"{(indent + name).PadRight(NameWidth)} {Name(type).PadRight(TypeWidth)} {type.Json}", .. Inside(type, indent + "  ")];

    // The limit of an array, which its name in the protocol spells out, stands in words beside it.
    private static string Name(SchemaType type) => type is ArraySchema array ? $"{array.Element.Name}<>" : type.Name;

    private static IEnumerable<string> Inside(SchemaType type, string indent) => type switch
    {
        StructSchema structure => Fields(structure.Fields, indent),
        OptionalSchema optional => Inside(optional.Value, indent),
        ArraySchema { Element: StructSchema or UnionSchema } array => Inside(array.Element, indent),
        ArraySchema array => Field("each", array.Element, indent),
        UnionSchema union =>
        [
            $"{(indent + union.Discriminant).PadRight(NameWidth)} {"".PadRight(TypeWidth)} one of {string.Join(", ", union.Cases.Select(c => $"\"{c.Name}\""))}",
            .. union.Cases.SelectMany(c => Field(c.Field.Name, c.Field.Type, indent)),
        ],
        _ => [],
    };
}
