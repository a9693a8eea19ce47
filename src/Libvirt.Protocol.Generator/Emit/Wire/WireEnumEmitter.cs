using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes an enum of the wire and its codec, which refuses values that the enum has not got.</summary>
internal static class WireEnumEmitter
{
    public static void Emit(Emission emission, ModelEnum type)
    {
        string name = emission.TypeNames.Name(type.Name);
        string program = emission.TypeNames.Program(type.Name);
        CodeWriter code = new(emission.TypeNames.Namespace(type.Name));
        code.Summary($"libvirt's <c>{type.Name}</c>.");
        code.Line($"public enum {name}");
        code.Line("{");
        int common = EnumNames.CommonWords([.. type.Members.Select(m => m.Name)], type.Name);
        foreach (ModelEnumMember member in type.Members)
        {
            code.Summary($"<c>{member.Name}</c>.");
            string[] words = member.Name.Split('_');
            code.Line($"{emission.Naming.Pascal(string.Join('_', words[common..]))} = {member.Value.ToString(CultureInfo.InvariantCulture)},");
        }

        code.Line("}");
        Codec(code, name, type);
        emission.Add($"{Emission.Folder(program)}/Types/{name}.cs", code);
    }

    private static void Codec(CodeWriter code, string name, ModelEnum type)
    {
        string known = string.Join(" or ", type.Members.Select(m => m.Value.ToString(CultureInfo.InvariantCulture)));
        code.Summary($"Reads and writes <see cref=\"{name}\"/>.");
        code.Line($"internal static class {name}Codec");
        code.Line("{");
        code.Line($"public static {name} Read(ref XdrReader reader)");
        code.Line("{");
        code.Line("int value = reader.ReadInt32();");
        code.Line($"return value is {known}");
        code.Indented($"? ({name})value");
        code.Indented($": throw new ProtocolException($\"{{value}} is no {type.Name}.\");");
        code.Line("}");
        code.Gap();
        code.Line($"public static {name}[] ReadArray(ref XdrReader reader, int limit)");
        code.Line("{");
        code.Line($"{name}[] values = new {name}[reader.ReadCount(limit, 4)];");
        code.Line("for (int i = 0; i < values.Length; i++)");
        code.Indented("values[i] = Read(ref reader);");
        code.Line("return values;");
        code.Line("}");
        code.Gap();
        code.Line($"public static void WriteArray(ref XdrWriter writer, {name}[] values, int limit)");
        code.Line("{");
        code.Line("writer.WriteCount(values.Length, limit, nameof(values));");
        code.Line($"foreach ({name} value in values)");
        code.Indented("writer.WriteInt32((int)value);");
        code.Line("}");
        code.Line("}");
    }
}
