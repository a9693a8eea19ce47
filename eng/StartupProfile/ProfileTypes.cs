using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace StartupProfile;

/// <summary>The types that a profile refers to.</summary>
internal sealed class ProfileTypes(AssemblyIndex index, MetadataBuilder metadata)
{
    private readonly Dictionary<string, EntityHandle> _types = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];

    /// <summary>Whether a type can be referred to; the JIT has names for some, such as pointers, that do not say what they are.</summary>
    public bool Knows(TypeName type) =>
        (Primitive(type.Definition) is not null || index.Find(type.Definition) is not null) && type.Arguments.All(Knows);

    /// <summary>A reference to a type that is not generic, or to the definition of one that is.</summary>
    public EntityHandle Refer(string name)
    {
        if (_types.TryGetValue(name, out EntityHandle known))
            return known;
        DefinedType type = Find(name);
        StringHandle own = metadata.GetOrAddString(type.Reader.GetString(type.Definition.Name));
        TypeDefinitionHandle outer = type.Definition.GetDeclaringType();
        return _types[name] = outer.IsNil
            ? metadata.AddTypeReference(Assembly(type.Assembly), metadata.GetOrAddString(type.Reader.GetString(type.Definition.Namespace)), own)
            : metadata.AddTypeReference(Refer(AssemblyIndex.NameOf(type.Reader, outer)), default, own);
    }

    /// <summary>A reference to a type, and the names of the assemblies it is made of.</summary>
    public EntityHandle Refer(TypeName type, ISet<string> assemblies)
    {
        if (type is { Arguments.Count: 0, ArrayDepth: 0 })
        {
            assemblies.Add(Find(type.Definition).Assembly);
            return Refer(type.Definition);
        }

        BlobBuilder signature = new();
        Write(type, signature, assemblies);
        return metadata.AddTypeSpecification(metadata.GetOrAddBlob(signature));
    }

    /// <summary>Writes a type as signatures have it.</summary>
    public void Write(TypeName type, BlobBuilder signature, ISet<string> assemblies)
    {
        for (int i = 0; i < type.ArrayDepth; i++)
            signature.WriteByte((byte)SignatureTypeCode.SZArray);
        if (Primitive(type.Definition) is { } primitive)
        {
            signature.WriteByte((byte)primitive);
            return;
        }

        DefinedType definition = Find(type.Definition);
        assemblies.Add(definition.Assembly);
        if (type.Arguments.Count > 0)
            signature.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        signature.WriteByte((byte)(definition.IsValue ? SignatureTypeKind.ValueType : SignatureTypeKind.Class));
        signature.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Refer(type.Definition)));
        if (type.Arguments.Count == 0)
            return;
        signature.WriteCompressedInteger(type.Arguments.Count);
        foreach (TypeName argument in type.Arguments)
            Write(argument, signature, assemblies);
    }

    private DefinedType Find(string name) => index.Find(name) ?? throw new InvalidDataException($"No assembly defines {name}.");

    private AssemblyReferenceHandle Assembly(string name) => _assemblies.TryGetValue(name, out AssemblyReferenceHandle known)
        ? known
        : _assemblies[name] = metadata.AddAssemblyReference(metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, default, default);

    // The JIT's names. It writes byte for the signed one and ubyte for the other.
    private static PrimitiveTypeCode? Primitive(string name) => name switch
    {
        "bool" => PrimitiveTypeCode.Boolean,
        "char" => PrimitiveTypeCode.Char,
        "byte" => PrimitiveTypeCode.SByte,
        "ubyte" => PrimitiveTypeCode.Byte,
        "short" => PrimitiveTypeCode.Int16,
        "ushort" => PrimitiveTypeCode.UInt16,
        "int" => PrimitiveTypeCode.Int32,
        "uint" => PrimitiveTypeCode.UInt32,
        "long" => PrimitiveTypeCode.Int64,
        "ulong" => PrimitiveTypeCode.UInt64,
        "float" => PrimitiveTypeCode.Single,
        "double" => PrimitiveTypeCode.Double,
        "nint" => PrimitiveTypeCode.IntPtr,
        "nuint" => PrimitiveTypeCode.UIntPtr,
        _ => null,
    };
}
