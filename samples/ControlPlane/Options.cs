using System.Globalization;

namespace ControlPlane;

/// <summary>The words of the command line.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        ControlPlane [--plain] [--pace FACTOR] [--picture FILE.svg]      three simulated hypervisors and their story
        ControlPlane --connect URI... [--for SECONDS] [--plain]          the same view of real ones, until Ctrl+C or so long

        --plain     a line for each happening; also what a pipe gets
        --pace      how fast the story goes; 1, the default, takes about 35 s
        --picture   writes the view as it is in the middle of the story
        """;

    /// <summary>Whom to watch; empty for the simulated ones.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    public TimeSpan? For { get; init; }

    public double Pace { get; init; } = 1;

    public bool Plain { get; init; }

    public string? Picture { get; init; }

    /// <summary>Reads the words; null when they make no sense.</summary>
    public static Options? Parse(string[] words)
    {
        Options options = new();
        for (int i = 0; i < words.Length; i++)
        {
            string? value = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal) ? words[i + 1] : null;
            switch (words[i])
            {
                case "--plain":
                    options = options with { Plain = true };
                    continue;
                case "--connect" when value is not null:
                    string[] uris = [.. words.Skip(i + 1).TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];
                    options = options with { Uris = uris };
                    i += uris.Length;
                    continue;
                case "--for" when Number(value) is { } seconds:
                    options = options with { For = TimeSpan.FromSeconds(seconds) };
                    break;
                case "--pace" when Number(value) is { } pace:
                    options = options with { Pace = pace };
                    break;
                case "--picture" when value is not null:
                    options = options with { Picture = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 100_000 ? number : null;
}
