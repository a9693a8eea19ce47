using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>
/// Writes a union as a readonly struct without boxing: numbers share 64 bits, a string has its own field. Its text never shows the value.
/// </summary>
internal static class UnionEmitter
{
    private static readonly Dictionary<string, (string ToBits, string FromBits)> Bits = new()
    {
        ["int"] = ("value", "(int)_bits"),
        ["uint"] = ("value", "(uint)_bits"),
        ["long"] = ("value", "_bits"),
        ["ulong"] = ("unchecked((long)value)", "unchecked((ulong)_bits)"),
        ["double"] = ("BitConverter.DoubleToInt64Bits(value)", "BitConverter.Int64BitsToDouble(_bits)"),
        ["bool"] = ("value ? 1 : 0", "_bits != 0"),
    };

    public static void Emit(Emission emission, ModelUnion union)
    {
        string name = emission.TypeNames.Name(union.Name);
        ApiEnum discriminant = emission.Model.Enums.First(e => e.Members.Any(m => m.Name == union.Arms[0].Case));
        string kind = emission.Naming.Pascal(ApiEnumEmitter.TypeName(discriminant.Name));
        List<Arm> arms = [.. union.Arms.Select(a => Create(emission, discriminant, kind, a))];
        CodeWriter code = new(emission.TypeNames.Namespace(union.Name));
        code.Summary($"libvirt's <c>{union.Name}</c>: one value of the type that <see cref=\"Type\"/> says.");
        code.Line($"public readonly struct {name} : IXdrWritable, IXdrReadable<{name}>, IEquatable<{name}>");
        code.Line("{");
        Storage(code, name, kind);
        foreach (Arm arm in arms)
            Accessors(code, name, arm);
        Codec(code, name, union, arms);
        Equality(code, name);
        code.Line("}");
        emission.Add($"{Emission.Folder(emission.TypeNames.Program(union.Name))}/Types/{name}.cs", code);
    }

    private static Arm Create(Emission emission, ApiEnum discriminant, string kind, ModelArm arm)
    {
        ModelField field = arm.Field
            ?? throw new NotSupportedException($"{arm.Case} carries nothing, which the generator does not know how to write.");
        WireType wire = emission.Wire.Resolve(field.Type);
        string member = ApiEnumEmitter.Members(emission, discriminant).First(m => m.Member.Name == arm.Case).Name;
        bool boolean = emission.Overrides.Lists("booleanCases", arm.Case);
        string name = emission.Overrides.Find("caseNames", arm.Case) ?? member;
        return new Arm(name, $"{kind}.{member}", arm.Case, boolean ? "bool" : wire.CSharp, boolean, wire);
    }

    private static void Storage(CodeWriter code, string name, string kind)
    {
        code.Line("private readonly long _bits;");
        code.Line("private readonly string? _text;");
        code.Gap();
        code.Line($"private {name}({kind} type, long bits, string? text)");
        code.Line("{");
        code.Line("Type = type;");
        code.Line("_bits = bits;");
        code.Line("_text = text;");
        code.Line("}");
        code.Summary("What the value is; a value that was not made by a factory has none and cannot be written.");
        code.Line($"public {kind} Type {{ get; }}");
    }

    private static void Accessors(CodeWriter code, string name, Arm arm)
    {
        code.Summary($"A value of <c>{arm.Case}</c>. {arm.Wire.Limits}".TrimEnd());
        string stored = arm.IsText ? "0, value" : Bits[arm.CSharp].ToBits + ", null";
        string held = arm.IsText ? "_text!" : Bits[arm.CSharp].FromBits;
        code.Line($"public static {name} From{arm.Name}({arm.CSharp} value) => new({arm.Kind}, {stored});");
        code.Summary($"The value of <c>{arm.Case}</c>.");
        code.Line("/// <exception cref=\"InvalidOperationException\">The value is of another type.</exception>");
        code.Line($"public {arm.CSharp} As{arm.Name}() => Type == {arm.Kind} ? {held} : throw Other({arm.Kind});");
    }

    private static void Codec(CodeWriter code, string name, ModelUnion union, List<Arm> arms)
    {
        FieldEmitter.Minimum(code, 4 + arms.Min(a => a.Wire.Minimum));
        code.Inherit();
        code.Line($"public static {name} Read(ref XdrReader reader)");
        code.Line("{");
        code.Line("int type = reader.ReadInt32();");
        string kind = arms[0].Kind[..arms[0].Kind.IndexOf('.', StringComparison.Ordinal)];
        code.Line($"return ({kind})type switch");
        code.Line("{");
        foreach (Arm arm in arms)
            code.Line($"{arm.Kind} => From{arm.Name}({(arm.Boolean ? arm.Wire.Read + " != 0" : arm.Wire.Read)}),");
        code.Line($"_ => throw new ProtocolException($\"{{type}} is no case of {union.Name}.\"),");
        code.Line("};");
        code.Line("}");
        code.Inherit();
        code.Line("public void Write(ref XdrWriter writer)");
        code.Line("{");
        code.Line("writer.WriteInt32((int)Type);");
        code.Line("switch (Type)");
        code.Line("{");
        foreach (Arm arm in arms)
        {
            code.Line($"case {arm.Kind}:");
            code.Indented(string.Format(CultureInfo.InvariantCulture, arm.Wire.Write, arm.Boolean ? $"As{arm.Name}() ? 1 : 0" : $"As{arm.Name}()"));
            code.Indented("break;");
        }

        code.Line("default:");
        code.Indented("throw new ArgumentException(\"The value was not made by a factory: it has no type.\");");
        code.Line("}");
        code.Line("}");
    }

    private static void Equality(CodeWriter code, string name)
    {
        code.Inherit();
        code.Line($"public bool Equals({name} other) => Type == other.Type && _bits == other._bits && _text == other._text;");
        code.Inherit();
        code.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        code.Inherit();
        code.Line("public override int GetHashCode() => HashCode.Combine(Type, _bits, _text);");
        code.Summary("Whether both have the same type and value.");
        code.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
        code.Summary("Whether type or value differ.");
        code.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
        code.Summary("The type alone: a value may be a secret.");
        code.Line("public override string ToString() => Type.ToString();");
        code.Gap();
        code.Line("private InvalidOperationException Other(TypedParameterType asked) => new($\"The value is of type {Type}, not {asked}.\");");
    }

    private sealed record Arm(string Name, string Kind, string Case, string CSharp, bool Boolean, WireType Wire)
    {
        public bool IsText => CSharp == "string";
    }
}
