namespace Libvirt.Settings;

/// <summary>Finds the valid name that is closest to a mistyped one.</summary>
internal static class NearestName
{
    private const int FarthestGuess = 3;

    /// <summary>The end of an error message: the closest name, or all names when none is close.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> names)
    {
        string? nearest = names.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= FarthestGuess
            ? $"; did you mean {nearest}?"
            : $"; the valid names are {string.Join(", ", names.Order(StringComparer.Ordinal))}";
    }

    // The number of characters that have to be added, removed or replaced.
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > FarthestGuess)
            return int.MaxValue;
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] current = new int[other.Length + 1];
            current[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = previous[j - 1] + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[other.Length];
    }
}
