using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes all of Libvirt.Protocol's generated code.</summary>
public static class ProtocolEmitter
{
    /// <summary>Writes every type and program of the emission's model.</summary>
    public static void Emit(Emission emission)
    {
        Dictionary<string, ModelStruct> structs = emission.Model.Types.OfType<ModelStruct>().ToDictionary(s => s.Name);
        foreach (ModelType type in emission.Model.Types)
        {
            if (emission.TypeNames.Canonical(type.Name) == type.Name)
                Type(emission, type);
            else
                SameShape.Check(emission, type);
        }

        foreach (ModelProgram program in emission.Model.Programs)
        {
            foreach (ModelProcedure procedure in program.Procedures)
                MessageEmitter.Emit(emission, program, procedure, structs);
            ProcedureTableEmitter.Emit(emission, program);
        }

        foreach (ApiEnum type in emission.Model.Enums)
            ApiEnumEmitter.Emit(emission, type);
    }

    private static void Type(Emission emission, ModelType type)
    {
        switch (type)
        {
            case ModelEnum e:
                WireEnumEmitter.Emit(emission, e);
                break;
            case ModelUnion u:
                UnionEmitter.Emit(emission, u);
                break;
            case ModelStruct s when emission.Overrides.Lists("messages", s.Name):
                MessageEmitter.EmitAlone(emission, s);
                break;
            case ModelStruct s when !emission.TypeNames.IsMessage(s.Name):
                StructEmitter.Emit(emission, s);
                break;
        }
    }
}
