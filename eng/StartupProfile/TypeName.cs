namespace StartupProfile;

/// <summary>A type as the JIT writes it: <c>System.Collections.Generic.List`1[int]</c>.</summary>
/// <param name="Definition">The full name, with <c>+</c> before a nested one.</param>
/// <param name="Arguments">Of it and of what it is nested in.</param>
/// <param name="ArrayDepth">How many one-dimensional arrays there are around it.</param>
internal sealed record TypeName(string Definition, IReadOnlyList<TypeName> Arguments, int ArrayDepth)
{
    /// <summary>Reads the type that <paramref name="text"/> is.</summary>
    public static TypeName Parse(string text)
    {
        int position = 0;
        return Parse(text, ref position);
    }

    private static TypeName Parse(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && text[position] is not (',' or '[' or ']'))
            position++;
        string definition = text[start..position];
        List<TypeName> arguments = [];
        if (position < text.Length && text[position] == '[' && text[position + 1] != ']')
        {
            do
            {
                position++;
                arguments.Add(Parse(text, ref position));
            }
            while (text[position] == ',');
            position++;
        }

        int depth = 0;
        for (; position < text.Length && text[position] == '['; position += 2)
            depth++;
        return new TypeName(definition, arguments, depth);
    }
}
