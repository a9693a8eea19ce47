using System.Globalization;
using System.Security;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ControlPlane.Screens;

/// <summary>A picture of what a terminal shows, for pages.</summary>
internal static class SvgPicture
{
    private const double CharWidth = 8.4;
    private const double LineHeight = 18;
    private const double Margin = 12;

    /// <summary>Draws for a terminal of so many columns.</summary>
    public static string Of(IRenderable content, int columns)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(TextWriter.Null),
        });
        console.Profile.Width = columns;
        List<SegmentLine> lines = Segment.SplitLines(content.GetSegments(console));

        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{columns * CharWidth + 2 * Margin:0}" height="{lines.Count * LineHeight + 2 * Margin:0}">""");
        svg.Append("""<rect width="100%" height="100%" rx="8" fill="#16181d"/><g font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="14" xml:space="preserve">""").Append('\n');
        for (int row = 0; row < lines.Count; row++)
        {
            int column = 0;
            foreach (Segment segment in lines[row])
            {
                if (!string.IsNullOrWhiteSpace(segment.Text))
                    Append(svg, segment, column, row);
                column += segment.CellCount();
            }
        }

        return svg.Append("</g></svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, Segment segment, int column, int row)
    {
        string weight = segment.Style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "";
        string colour = segment.Style.Foreground == Color.Default ? "#d8dee9" : $"#{segment.Style.Foreground.ToHex()}";
        double x = Margin + column * CharWidth;
        double y = Margin + row * LineHeight + 14;
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{y:0.#}" fill="{colour}"{weight} textLength="{segment.CellCount() * CharWidth:0.#}">{SecurityElement.Escape(segment.Text)}</text>""");
        svg.Append('\n');
    }
}
