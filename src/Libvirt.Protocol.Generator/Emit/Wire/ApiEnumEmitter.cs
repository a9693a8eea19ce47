using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes an enum of libvirt's C API.</summary>
internal static class ApiEnumEmitter
{
    private const string Folder = "src/Libvirt.Protocol/Enums/Generated";

    public static void Emit(Emission emission, ApiEnum type)
    {
        string name = emission.Naming.Pascal(TypeName(type.Name));
        IReadOnlyList<(string Name, ApiEnumMember Member)> members = Members(emission, type);
        CodeWriter code = new("Libvirt");
        code.Summary($"libvirt's <c>{type.Name}</c>.");
        if (type.Flags)
            code.Line("[Flags]");
        code.Line($"public enum {name}{(type.Flags ? " : uint" : "")}");
        code.Line("{");
        if (type.Flags && members.All(m => m.Member.Value != 0))
        {
            code.Summary("No flag.");
            code.Line("None = 0,");
        }

        foreach ((string member, ApiEnumMember fact) in members)
        {
            string since = fact.Since is null ? "" : $" Since libvirt {fact.Since}.";
            code.Summary($"<c>{fact.Name}</c>.{since}");
            code.Line($"{member} = {Value(type, fact.Value)},");
        }

        code.Line("}");
        emission.Add($"{Folder}/{name}.cs", code);
    }

    /// <summary>The enum's name without libvirt's prefix and without the word that only its C form needs.</summary>
    public static string TypeName(string name)
    {
        string bare = name.StartsWith("virAdm", StringComparison.Ordinal) ? "Admin" + name["virAdm".Length..] : name["vir".Length..];
        foreach (string end in new[] { "FlagsValues", "FlagValues" })
        {
            if (bare.EndsWith(end, StringComparison.Ordinal))
                return bare[..^end.Length] + "Flags";
        }

        return bare;
    }

    /// <summary>The members that mean something (not the end marks), by value, with their C# names.</summary>
    public static IReadOnlyList<(string Name, ApiEnumMember Member)> Members(Emission emission, ApiEnum type)
    {
        List<ApiEnumMember> members = [.. type.Members.Where(m => !IsEndMark(m.Name, type))];
        int common = emission.Overrides.Find("enumPrefixes", type.Name) is string prefix
            ? prefix.Split('_').Length
            : EnumNames.CommonWords([.. members.Select(m => m.Name)], type.Name);
        return [.. members.Select(m => (Identifier(emission, m.Name, common), m))];
    }

    private static string Identifier(Emission emission, string member, int common)
    {
        if (emission.Overrides.Find("memberNames", member) is string chosen)
            return chosen;
        string name = emission.Naming.Pascal(string.Join('_', member.Split('_')[common..]));
        return char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static bool IsEndMark(string member, ApiEnum type) =>
        !type.Flags && (member.EndsWith("_LAST", StringComparison.Ordinal) || member == "VIR_DOMAIN_MEMORY_STAT_NR");

    private static string Value(ApiEnum type, long value)
    {
        if (!type.Flags)
            return value.ToString(CultureInfo.InvariantCulture);
        return value == 0 ? "0" : long.IsPow2(value) ? $"1u << {long.Log2(value)}" : $"0x{value:x}";
    }
}
