using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes what every object has: its hypervisor, its handle, what the handle says of it, and equality by identity.</summary>
internal static class IdentityEmitter
{
    public static void Emit(Emission emission, ObjectKind kind)
    {
        ModelStruct handle = emission.Model.Types.OfType<ModelStruct>().Single(s => s.Name == kind.Handle);
        string wire = emission.TypeNames.Name(kind.Handle);
        CodeWriter code = new("Libvirt", "Libvirt.Protocol.Remote");
        code.Summary(emission.Text("objectDocs", kind.Class));
        code.Line($"public sealed partial class {kind.Class} : IEquatable<{kind.Class}>");
        code.Line("{");
        code.Line($"internal {kind.Class}(Hypervisor hypervisor, {wire} handle)");
        code.Line("{");
        code.Line("Hypervisor = hypervisor;");
        code.Line("Handle = handle;");
        code.Line("}");
        code.Summary("The hypervisor that it lives on.");
        code.Line("public Hypervisor Hypervisor { get; }");
        code.Summary("What names it on the wire.");
        code.Line($"internal {wire} Handle {{ get; }}");
        foreach (ModelField field in handle.Fields)
            Property(emission, kind, handle, field, code);
        Equality(emission, kind, code);
        code.Line("}");
        emission.Add($"src/Libvirt.Actors/Objects/Generated/{kind.Class}.Identity.cs", code);
    }

    private static void Property(Emission emission, ObjectKind kind, ModelStruct handle, ModelField field, CodeWriter code)
    {
        string wire = emission.TypeNames.Field(handle.Name, field.Name);
        string key = $"{kind.Class}.{wire}";
        string name = emission.Overrides.Find("handleNames", key) ?? wire;
        WireType type = emission.Wire.Resolve(field.Type);
        code.Summary(emission.Text("handleDocs", $"{kind.Class}.{name}", name));
        if (ObjectKind.OfHandle(field.Type) is ObjectKind other)
            code.Line($"public {other.Class} {other.Class} => new(Hypervisor, Handle.{wire});");
        else if (emission.Overrides.Find("handleEnums", key) is string enumeration)
            code.Line($"public {enumeration} {name} => ({enumeration})Handle.{wire};");
        else if (name == "Id")
            code.Line($"public int? Id => Handle.{wire} < 0 ? null : Handle.{wire};");
        else
            code.Line($"public {type.CSharp} {name} => Handle.{wire};");
    }

    private static void Equality(Emission emission, ObjectKind kind, CodeWriter code)
    {
        string[] keys = emission.Text("identity", kind.Class).Split(' ');
        string same = string.Join(" && ", keys.Select(k => $"Handle.{k} == other.Handle.{k}"));
        code.Summary("Whether both are the same object of the same hypervisor, whatever else has changed of it.");
        code.Line($"public bool Equals({kind.Class}? other) => other is not null && ReferenceEquals(Hypervisor, other.Hypervisor) && {same};");
        code.Inherit();
        code.Line($"public override bool Equals(object? obj) => Equals(obj as {kind.Class});");
        code.Inherit();
        code.Line($"public override int GetHashCode() => HashCode.Combine({string.Join(", ", keys.Select(k => $"Handle.{k}"))});");
        code.Summary("What a person calls it.");
        code.Line($"public override string ToString() => Handle.{emission.Text("spokenNames", kind.Class)};");
    }
}
