using System.Buffers;
using System.Globalization;
using System.Text;

namespace Libvirt.Authentication;

/// <summary>
/// Brings names and passwords into the one form that both ends compare: SASLprep (RFC 4013). In an application that runs without ICU
/// (<c>InvariantGlobalization</c>) .NET has no tables for compatibility forms, and text outside ASCII keeps the form it was typed in.
/// </summary>
internal static class SaslPrep
{
    private static readonly SearchValues<char> MappedToNothing = SearchValues.Create(
        "\u00AD\u034F\u1806\u180B\u180C\u180D\u200B\u200C\u200D\u2060\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFEFF");

    /// <exception cref="SaslException">It has a character that may not be in a name or password. The text does not show it.</exception>
    public static string Prepare(string text)
    {
        if (!Ascii.IsValid(text))
            text = Map(text).Normalize(NormalizationForm.FormKC);
        bool rightToLeft = false, leftToRight = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsProhibited(rune))
                throw Refused("a character that SASL forbids");
            rightToLeft |= IsRightToLeft(rune);
            leftToRight |= Rune.IsLetter(rune) && !IsRightToLeft(rune);
        }

        if (rightToLeft && (leftToRight || !IsRightToLeft(text.EnumerateRunes().First()) || !IsRightToLeft(text.EnumerateRunes().Last())))
            throw Refused("letters that run to the left mixed with others in a way that SASL forbids");
        return text;
    }

    private static string Map(string text)
    {
        StringBuilder mapped = new(text.Length);
        foreach (char c in text)
        {
            if (!MappedToNothing.Contains(c))
                mapped.Append(char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c);
        }

        return mapped.ToString();
    }

    // Controls and formats, private use, what is no character or half of one, and the description characters.
    private static bool IsProhibited(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x06DD or 0x070F or 0x0340 or 0x0341 or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2061 and <= 0x206F)
            or (>= 0x2FF0 and <= 0x2FFB) or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0001 and <= 0xE007F)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    private static bool IsRightToLeft(Rune rune) => rune.Value is 0x05BE or 0x05C0 or 0x05C3 or (>= 0x05D0 and <= 0x05F4) or 0x061B or 0x061F
        or (>= 0x0621 and <= 0x064A) or (>= 0x066D and <= 0x066F) or (>= 0x0671 and <= 0x06D5) or (>= 0x06E5 and <= 0x06E6) or (>= 0x06FA and <= 0x070D)
        or (>= 0x0710 and <= 0x072C) or (>= 0x0780 and <= 0x07B1) or 0x200F or (>= 0xFB1D and <= 0xFDFC and not 0xFB1E) or (>= 0xFE70 and <= 0xFEFC);

    private static SaslException Refused(string what) => new($"the name or the password has {what}.");
}
