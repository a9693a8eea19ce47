namespace Libvirt.Protocol.Generator.Idl;

/// <summary>A top-level definition of an XDR description.</summary>
public abstract record Definition(string Name, SourcePosition Position);

/// <summary><c>const NAME = VALUE;</c> where the value is a number or another constant's name.</summary>
public sealed record ConstDefinition(string Name, string Value, SourcePosition Position) : Definition(Name, Position);

/// <summary><c>typedef</c>: a further name for a type.</summary>
public sealed record TypedefDefinition(Declaration Declaration) : Definition(Declaration.Name, Declaration.Position);

/// <summary><c>enum</c>.</summary>
public sealed record EnumDefinition(string Name, IReadOnlyList<EnumMember> Members, SourcePosition Position) : Definition(Name, Position);

/// <summary>A member of an enum, its value a number or a name, with the comment in front of it.</summary>
public sealed record EnumMember(string Name, string Value, string Comment, SourcePosition Position);

/// <summary><c>struct</c>.</summary>
public sealed record StructDefinition(string Name, IReadOnlyList<Declaration> Fields, SourcePosition Position) : Definition(Name, Position);

/// <summary><c>union NAME switch (DISCRIMINANT)</c>.</summary>
public sealed record UnionDefinition(string Name, Declaration Discriminant, IReadOnlyList<UnionArm> Arms, SourcePosition Position)
    : Definition(Name, Position);

/// <summary>The cases of one arm (none for <c>default</c>) and what it holds (null for <c>void</c>).</summary>
public sealed record UnionArm(IReadOnlyList<string> Cases, Declaration? Declaration, SourcePosition Position);

/// <summary>How a declaration repeats its type.</summary>
public enum DeclarationShape
{
    /// <summary>Exactly one.</summary>
    Single,

    /// <summary>None or one: <c>T *name</c>.</summary>
    Optional,

    /// <summary>A given number: <c>T name[N]</c>.</summary>
    Fixed,

    /// <summary>Up to a limit: <c>T name&lt;N&gt;</c>.</summary>
    Variable,
}

/// <summary>A field, an arm or a typedef.</summary>
/// <param name="Type">A built-in type in short (<c>int</c>, <c>uint</c>, <c>hyper</c>, <c>uhyper</c>, <c>short</c>, <c>ushort</c>, <c>char</c>,
/// <c>uchar</c>, <c>bool</c>, <c>float</c>, <c>double</c>, <c>string</c>, <c>opaque</c>) or the name of a defined one.</param>
/// <param name="Name">The declared name.</param>
/// <param name="Shape">How often the type stands there.</param>
/// <param name="Size">The number or constant in brackets; empty for <c>&lt;&gt;</c>; null where the shape has none.</param>
/// <param name="Position">Where it begins.</param>
public sealed record Declaration(string Type, string Name, DeclarationShape Shape, string? Size, SourcePosition Position);
