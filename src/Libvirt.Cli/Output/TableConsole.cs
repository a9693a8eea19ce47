using Spectre.Console;
using Spectre.Console.Rendering;

namespace Libvirt.Cli.Output;

/// <summary>Draws tables: in colour on a terminal, as bare text elsewhere.</summary>
internal static class TableConsole
{
    // A name is never cut or broken, however narrow the terminal.
    private const int Width = 10_000;

    /// <summary>Draws without the blanks that a table has around itself.</summary>
    public static void Draw(IRenderable table, TextWriter output)
    {
        using StringWriter drawn = new();
        On(drawn).Write(table);
        foreach (string line in drawn.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine(line.TrimEnd());
    }

    private static IAnsiConsole On(StringWriter drawn)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(drawn),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width;
        return console;
    }

    private static bool HasColours =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
}
