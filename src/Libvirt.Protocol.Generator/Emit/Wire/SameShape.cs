using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Holds that a type which another one stands for looks the same on the wire.</summary>
internal static class SameShape
{
    /// <exception cref="InvalidOperationException">The types differ.</exception>
    public static void Check(Emission emission, ModelType type)
    {
        string canonical = emission.TypeNames.Canonical(type.Name);
        ModelType other = emission.Model.Types.First(t => t.Name == canonical);
        if (!Shape(emission, type).SequenceEqual(Shape(emission, other)))
            throw new InvalidOperationException($"{type.Name} is to share the C# type of {canonical} but differs from it on the wire.");
    }

    private static IEnumerable<string> Shape(Emission emission, ModelType type) => type switch
    {
        ModelStruct s => s.Fields.Select(f => Text(emission, f)),
        ModelUnion u => u.Arms.Select(a => $"{a.Case} {(a.Field is null ? "" : Text(emission, a.Field))}"),
        _ => throw new InvalidOperationException($"{type.Name} is neither a struct nor a union."),
    };

    private static string Text(Emission emission, ModelField field)
    {
        WireType wire = emission.Wire.Resolve(field.Type);
        return $"{wire.CSharp} {field.Name} {wire.Read}";
    }
}
