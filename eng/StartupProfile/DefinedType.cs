using System.Reflection.Metadata;

namespace StartupProfile;

/// <summary>A type where it is defined.</summary>
internal sealed record DefinedType(MetadataReader Reader, TypeDefinition Definition, string Assembly)
{
    /// <summary>Whether signatures call it a value: structures and enumerations.</summary>
    public bool IsValue => !Definition.BaseType.IsNil && Definition.BaseType.Kind != HandleKind.TypeSpecification
        && AssemblyIndex.NameOf(Reader, Definition.BaseType) is "System.ValueType" or "System.Enum"
        && Reader.GetString(Definition.Name) != "Enum";
}
