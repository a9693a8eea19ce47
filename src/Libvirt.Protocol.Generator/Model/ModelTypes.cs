namespace Libvirt.Protocol.Generator.Model;

/// <summary>A defined type of the protocol, by its name in the <c>.x</c> file.</summary>
public abstract record ModelType(string Name);

/// <summary>A further name for a type.</summary>
public sealed record ModelTypedef(string Name, string Type) : ModelType(Name);

/// <summary>An enum on the wire.</summary>
public sealed record ModelEnum(string Name, IReadOnlyList<ModelEnumMember> Members) : ModelType(Name);

/// <summary>A member of an enum on the wire.</summary>
public sealed record ModelEnumMember(string Name, int Value);

/// <summary>A struct: arguments, results, messages and what they are made of.</summary>
public sealed record ModelStruct(string Name, IReadOnlyList<ModelField> Fields) : ModelType(Name);

/// <summary>A field and its type in <see cref="TypeNotation"/>.</summary>
public sealed record ModelField(string Name, string Type);

/// <summary>A union that is told apart by an int.</summary>
public sealed record ModelUnion(string Name, ModelField Discriminant, IReadOnlyList<ModelArm> Arms) : ModelType(Name);

/// <summary>What a union holds for one value of its discriminant.</summary>
/// <param name="Case">The constant that stands for the value.</param>
/// <param name="Field">The field; null where the case carries nothing.</param>
public sealed record ModelArm(string Case, ModelField? Field);
