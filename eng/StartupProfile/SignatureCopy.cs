using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace StartupProfile;

/// <summary>Copies signatures out of an assembly into a profile, with the profile's references in them.</summary>
internal sealed class SignatureCopy(MetadataReader source, ProfileTypes types, MetadataBuilder metadata)
{
    /// <summary>The signature of a method.</summary>
    public BlobHandle OfMethod(MethodDefinition method)
    {
        BlobReader reader = source.GetBlobReader(method.Signature);
        BlobBuilder copy = new();
        Method(ref reader, copy);
        return metadata.GetOrAddBlob(copy);
    }

    private void Method(ref BlobReader reader, BlobBuilder copy)
    {
        SignatureHeader header = reader.ReadSignatureHeader();
        copy.WriteByte(header.RawValue);
        if (header.IsGeneric)
            Number(ref reader, copy);
        int parameters = Number(ref reader, copy);
        for (int i = 0; i <= parameters; i++)
            Type(ref reader, copy);
    }

    private void Type(ref BlobReader reader, BlobBuilder copy)
    {
        byte code = reader.ReadByte();
        copy.WriteByte(code);
        switch ((SignatureTypeCode)code)
        {
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                Reference(ref reader, copy);
                Type(ref reader, copy);
                break;
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray or SignatureTypeCode.Pinned:
                Type(ref reader, copy);
                break;
            case (SignatureTypeCode)SignatureTypeKind.ValueType or (SignatureTypeCode)SignatureTypeKind.Class:
                Reference(ref reader, copy);
                break;
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                Number(ref reader, copy);
                break;
            case SignatureTypeCode.GenericTypeInstance:
                copy.WriteByte(reader.ReadByte());
                Reference(ref reader, copy);
                for (int left = Number(ref reader, copy); left > 0; left--)
                    Type(ref reader, copy);
                break;
            case SignatureTypeCode.Array:
                Type(ref reader, copy);
                Shape(ref reader, copy);
                break;
            case SignatureTypeCode.FunctionPointer:
                Method(ref reader, copy);
                break;
        }
    }

    private static void Shape(ref BlobReader reader, BlobBuilder copy)
    {
        Number(ref reader, copy);
        for (int sizes = Number(ref reader, copy); sizes > 0; sizes--)
            Number(ref reader, copy);
        for (int bounds = Number(ref reader, copy); bounds > 0; bounds--)
            copy.WriteCompressedSignedInteger(reader.ReadCompressedSignedInteger());
    }

    private static int Number(ref BlobReader reader, BlobBuilder copy)
    {
        int number = reader.ReadCompressedInteger();
        copy.WriteCompressedInteger(number);
        return number;
    }

    private void Reference(ref BlobReader reader, BlobBuilder copy) =>
        copy.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Translate(reader.ReadTypeHandle())));

    private EntityHandle Translate(EntityHandle type)
    {
        if (type.Kind != HandleKind.TypeSpecification)
            return types.Refer(AssemblyIndex.NameOf(source, type));
        BlobReader reader = source.GetBlobReader(source.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
        BlobBuilder copy = new();
        Type(ref reader, copy);
        return metadata.AddTypeSpecification(metadata.GetOrAddBlob(copy));
    }
}
