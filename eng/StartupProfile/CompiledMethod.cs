using System.Text.RegularExpressions;

namespace StartupProfile;

/// <summary>A method that the JIT compiled.</summary>
/// <param name="Type">The type that has it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its own type arguments.</param>
/// <param name="ParameterCount">How many parameters it has.</param>
internal sealed partial record CompiledMethod(TypeName Type, string Name, IReadOnlyList<TypeName> Arguments, int ParameterCount)
{
    /// <summary>The method of a line of the JIT's summary; null where the line has none.</summary>
    public static CompiledMethod? TryParse(string line)
    {
        if (Line().Match(line) is not { Success: true } match)
            return null;
        string name = match.Groups["name"].Value;
        string arguments = match.Groups["arguments"].Value;
        string parameters = match.Groups["parameters"].Value;
        return new CompiledMethod(
            TypeName.Parse(match.Groups["type"].Value),
            name,
            arguments.Length == 0 ? [] : TypeName.Parse(name + arguments).Arguments,
            parameters.Length == 0 ? 0 : 1 + Commas(parameters));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Text(Type)}:{Name}{Text(Arguments)}({ParameterCount})";

    private static string Text(TypeName type) => $"{type.Definition}{Text(type.Arguments)}{type.ArrayDepth}";

    private static string Text(IReadOnlyList<TypeName> types) => $"[{string.Join(',', types.Select(Text))}]";

    /// <summary>The commas that are not inside of a type's brackets.</summary>
    private static int Commas(string parameters)
    {
        int depth = 0;
        int commas = 0;
        foreach (char letter in parameters)
        {
            depth += letter switch { '[' => 1, ']' => -1, _ => 0 };
            if (letter == ',' && depth == 0)
                commas++;
        }
        return commas;
    }

    [GeneratedRegex(@"JIT compiled (?<type>[^:\s]+):(?<name>[^\[(]+)(?<arguments>\[.*?\])?\((?<parameters>[^()]*)\) \[Tier0")]
    private static partial Regex Line();
}
