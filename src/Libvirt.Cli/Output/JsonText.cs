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
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Options))
            write(json);
        text.WriteByte((byte)'\n');
        using Stream output = toError ? StandardError.Open() : Console.OpenStandardOutput();
        text.WriteTo(output);
    }
}
