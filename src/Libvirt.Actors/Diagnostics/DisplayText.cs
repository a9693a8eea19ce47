using System.Globalization;
using System.Text;

namespace Libvirt.Diagnostics;

/// <summary>
/// Makes text that a daemon or another peer has sent safe to print. A name, an error message or an event may contain anything, such as an escape sequence that
/// changes a terminal, or a line break that forges a line of a log.
/// </summary>
public static class DisplayText
{
    /// <summary>How many characters of a peer's text an error message or a log record contains at most.</summary>
    public const int MaxLength = 1024;

    /// <summary>
    /// Replaces control characters, format characters (such as those that reverse the direction of text), line separators and unpaired surrogates by escape
    /// sequences such as <c>\n</c> and <c>\u001b</c>. A text without them is returned as it is.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int safe = LengthOfSafePart(text);
        return safe == text.Length ? text : EscapeFrom(text, safe);
    }

    /// <summary>The same, for a text that may be long: what exceeds <see cref="MaxLength"/> characters is replaced by its length.</summary>
    /// <param name="text">The text.</param>
    public static string EscapeAndShorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(Shorten(text, MaxLength));
    }

    /// <summary>Cuts a text to a number of characters, and states how long it was. Does not escape.</summary>
    internal static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        int kept = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}... ({text.Length} characters)");
    }

    private static int LengthOfSafePart(string text)
    {
        int length = 0;
        while (length < text.Length && TryReadRune(text, length, out Rune rune) && IsSafe(rune))
            length += rune.Utf16SequenceLength;
        return length;
    }

    private static string EscapeFrom(string text, int start)
    {
        StringBuilder escaped = new(text, 0, start, text.Length + 16);
        for (int i = start; i < text.Length;)
        {
            if (!TryReadRune(text, i, out Rune rune))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
                i++;
                continue;
            }

            if (IsSafe(rune))
                escaped.Append(text, i, rune.Utf16SequenceLength);
            else
                Append(escaped, rune);
            i += rune.Utf16SequenceLength;
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, Rune rune)
    {
        _ = rune.Value switch
        {
            '\n' => escaped.Append("\\n"),
            '\r' => escaped.Append("\\r"),
            '\t' => escaped.Append("\\t"),
            <= char.MaxValue => escaped.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => escaped.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }

    private static bool TryReadRune(string text, int index, out Rune rune) => Rune.TryGetRuneAt(text, index, out rune);

    private static bool IsSafe(Rune rune) => rune.Value is >= ' ' and <= '~' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
