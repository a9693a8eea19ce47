using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace StartupProfile;

/// <summary>
/// Writes a profile as crossgen2 reads it: an assembly whose method <c>AssemblyDictionary</c> names groups of assemblies and, for each, a method that
/// refers to the methods of the profile that these assemblies make up. Nothing of it is ever run.
/// </summary>
internal sealed class ProfileWriter
{
    private readonly AssemblyIndex _index;
    private readonly MetadataBuilder _metadata = new();
    private readonly ProfileTypes _types;
    private readonly SortedDictionary<string, List<EntityHandle>> _groups = new(StringComparer.Ordinal);

    public ProfileWriter(AssemblyIndex index)
    {
        _index = index;
        _types = new ProfileTypes(index, _metadata);
    }

    /// <summary>Adds a method, with those of the same name and number of parameters; false where there is none, such as for what the runtime makes itself.</summary>
    public bool Add(CompiledMethod method)
    {
        if (_index.Find(method.Type.Definition) is not { } type || !_types.Knows(method.Type) || !method.Arguments.All(_types.Knows))
            return false;
        bool found = false;
        foreach (MethodDefinition definition in type.Definition.GetMethods().Select(type.Reader.GetMethodDefinition))
        {
            if (type.Reader.GetString(definition.Name) != method.Name
                || definition.GetGenericParameters().Count != method.Arguments.Count
                || ParameterCount(type.Reader, definition) != method.ParameterCount)
                continue;
            Add(method, type, definition);
            found = true;
        }
        return found;
    }

    /// <summary>Writes what was added.</summary>
    public void Save(string path)
    {
        MethodBodyStreamEncoder bodies = new(new BlobBuilder());
        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature().Parameters(0, result => result.Void(), _ => { });
        BlobHandle nothing = _metadata.GetOrAddBlob(signature);

        InstructionEncoder dictionary = new(new BlobBuilder());
        foreach ((string assemblies, List<EntityHandle> methods) in _groups)
        {
            InstructionEncoder group = new(new BlobBuilder());
            methods.ForEach(method => Mention(group, method));
            dictionary.LoadString(_metadata.GetOrAddUserString(assemblies));
            Mention(dictionary, Define(assemblies, group));
        }
        Define("AssemblyDictionary", dictionary);

        _metadata.AddModule(0, _metadata.GetOrAddString("profile"), _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString("profile"), new Version(1, 0), default, default, 0, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(
            0, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        BlobBuilder file = new();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), bodies.Builder).Serialize(file);
        using FileStream output = File.Create(path);
        file.WriteContentTo(output);

        MethodDefinitionHandle Define(string name, InstructionEncoder code)
        {
            code.OpCode(ILOpCode.Ret);
            return _metadata.AddMethodDefinition(
                MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name), nothing,
                bodies.AddMethodBody(code), default);
        }
    }

    private void Add(CompiledMethod method, DefinedType type, MethodDefinition definition)
    {
        SortedSet<string> assemblies = new(StringComparer.Ordinal);
        BlobHandle signature = new SignatureCopy(type.Reader, _types, _metadata).OfMethod(definition);
        EntityHandle reference = _metadata.AddMemberReference(_types.Refer(method.Type, assemblies), _metadata.GetOrAddString(method.Name), signature);
        if (method.Arguments.Count > 0)
        {
            BlobBuilder arguments = new();
            arguments.WriteByte((byte)SignatureKind.MethodSpecification);
            arguments.WriteCompressedInteger(method.Arguments.Count);
            foreach (TypeName argument in method.Arguments)
                _types.Write(argument, arguments, assemblies);
            reference = _metadata.AddMethodSpecification((MemberReferenceHandle)reference, _metadata.GetOrAddBlob(arguments));
        }

        // The assembly that defines the method comes first.
        assemblies.Remove(type.Assembly);
        string group = string.Join(';', assemblies.Prepend(type.Assembly));
        if (!_groups.TryGetValue(group, out List<EntityHandle>? methods))
            _groups[group] = methods = [];
        methods.Add(reference);
    }

    private static int ParameterCount(MetadataReader reader, MethodDefinition method)
    {
        BlobReader signature = reader.GetBlobReader(method.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
            signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }

    private static void Mention(InstructionEncoder code, EntityHandle method)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(method);
        code.OpCode(ILOpCode.Pop);
    }
}
