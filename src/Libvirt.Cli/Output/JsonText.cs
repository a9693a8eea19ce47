using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Libvirt.Cli.Output;

/// <summary>Prints JSON.</summary>
internal static class JsonText
{
    // The text goes to a terminal or a program, never into a page: XML stays readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints the one value that <paramref name="write"/> writes; nothing when it fails.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="toError">Whether it goes to stderr, because stdout carries something else.</param>
    public static void Print(Action<Utf8JsonWriter> write, bool toError = false)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, Options))
            write(json);
        using Stream output = toError ? StandardError.Open() : Console.OpenStandardOutput();
        output.Write(Ascii.IsValid(text.WrittenSpan) ? text.WrittenSpan : Encoding.UTF8.GetBytes(Escape(Encoding.UTF8.GetString(text.WrittenSpan))));
        output.Write("\n"u8);
    }

    /// <summary>
    /// Escapes the characters of strings that can change how a terminal shows the text, such as those that reverse its direction. The writer has escaped the
    /// control characters below U+0080 already.
    /// </summary>
    /// <param name="json">JSON of which every character outside of ASCII is part of a string.</param>
    public static string Escape(string json)
    {
        if (Ascii.IsValid(json))
            return json;
        StringBuilder escaped = new(json.Length);
        foreach (Rune rune in json.EnumerateRunes())
        {
            if (rune.IsAscii || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                escaped.Append(rune);
            else
                AppendEscaped(escaped, rune);
        }

        return escaped.ToString();
    }

    private static void AppendEscaped(StringBuilder escaped, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
            escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
    }
}
