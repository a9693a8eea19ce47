using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StartupProfile;

/// <summary>The types of all assemblies of a directory by their names.</summary>
internal sealed class AssemblyIndex : IDisposable
{
    private readonly Dictionary<string, DefinedType> _types = [];
    private readonly List<PEReader> _files = [];

    public AssemblyIndex(string directory)
    {
        foreach (string path in Directory.GetFiles(directory, "*.dll"))
        {
            PEReader file = new(File.OpenRead(path));
            _files.Add(file);
            MetadataReader reader = file.GetMetadataReader();
            string assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
            foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
                _types[NameOf(reader, handle)] = new DefinedType(reader, reader.GetTypeDefinition(handle), assembly);
        }
    }

    public DefinedType? Find(string name) => _types.GetValueOrDefault(name);

    public static string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind == HandleKind.TypeDefinition
        ? NameOf(reader, (TypeDefinitionHandle)handle)
        : NameOf(reader, (TypeReferenceHandle)handle);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return Join(outer.IsNil ? null : NameOf(reader, outer), reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        bool isNested = type.ResolutionScope.Kind == HandleKind.TypeReference;
        return Join(isNested ? NameOf(reader, type.ResolutionScope) : null, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string Join(string? outer, string space, string name) =>
        outer is not null ? $"{outer}+{name}" : space.Length > 0 ? $"{space}.{name}" : name;
}
