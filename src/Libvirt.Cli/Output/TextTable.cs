using System.Globalization;
using System.Text;
using Libvirt.Diagnostics;

namespace Libvirt.Cli.Output;

/// <summary>A table with one rule below its head and nothing else, in ASCII so that it survives every pipe. A name is never cut or broken.</summary>
internal static class TextTable
{
    private const string Uncoloured = "\e[0m";

    /// <summary>Writes the columns that have heads; cells beyond them are for programs alone.</summary>
    /// <param name="heads">What stands above the columns; null to begin with the rows.</param>
    /// <param name="count">How many columns there are.</param>
    /// <param name="rows">The cells, row by row.</param>
    /// <param name="output">Where to.</param>
    public static void Write(IReadOnlyList<string>? heads, int count, IReadOnlyList<IReadOnlyList<Field>> rows, TextWriter output)
    {
        string[][] cells = [.. rows.Select(row => row.Take(count).Select(field => DisplayText.Escape(field.Text)).ToArray())];
        int[] widths = new int[count];
        for (int i = 0; i < count; i++)
        {
            widths[i] = heads is null ? 0 : Width(heads[i]);
            foreach (string[] row in cells)
                widths[i] = Math.Max(widths[i], Width(row[i]));
        }
        if (heads is not null)
        {
            for (int i = 0; i < count; i++)
                Cell(heads[i], null, Padding(heads[i], i), output);
            output.WriteLine();
            output.WriteLine(new string('-', widths.Sum() + (3 * count)));
        }
        bool hasColours = HasColours;
        for (int row = 0; row < cells.Length; row++)
        {
            for (int i = 0; i < count; i++)
                Cell(cells[row][i], hasColours ? Colour(rows[row][i]) : null, Padding(cells[row][i], i), output);
            output.WriteLine();
        }

        // Nothing follows the last cell, not even blanks.
        int Padding(string text, int column) => column == count - 1 ? 0 : widths[column] - Width(text) + 2;
    }

    private static void Cell(string text, string? colour, int padding, TextWriter output)
    {
        output.Write(' ');
        output.Write(colour);
        output.Write(text);
        if (colour is not null)
            output.Write(Uncoloured);
        for (; padding > 0; padding--)
            output.Write(' ');
    }

    private static int Width(string text) => Ascii.IsValid(text) ? text.Length : new StringInfo(text).LengthInTextElements;

    private static string? Colour(Field field) => (field.Name, field.Text) switch
    {
        ("state", "running") => "\e[32m",
        ("state", "paused" or "pmsuspended" or "in shutdown") => "\e[33m",
        ("state", "crashed") => "\e[31m",
        _ => null,
    };

    private static bool HasColours =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
}
