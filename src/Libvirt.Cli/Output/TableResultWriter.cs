using Spectre.Console;

namespace Libvirt.Cli.Output;

/// <summary>Prints for people, in the shapes that virsh has.</summary>
internal sealed class TableResultWriter(bool quiet) : ResultWriter
{
    private const int LabelWidth = 16;

    public override void Record(IReadOnlyList<Field> fields)
    {
        using StreamWriter output = OpenText();
        int width = Math.Max(LabelWidth, fields.Max(f => f.Label.Length) + 2);
        foreach (Field field in fields)
            output.WriteLine($"{(field.Label + ":").PadRight(width)}{field.Text}");
    }

    public override void List(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Field>> rows)
    {
        using StreamWriter output = OpenText();
        if (rows.Count == 0)
        {
            WriteHead(heads, output);
            return;
        }

        Table table = new() { Border = new RuledTableBorder(), ShowHeaders = !quiet };
        foreach (string head in heads)
            table.AddColumn(new TableColumn(new Text(head)) { NoWrap = true });
        foreach (IReadOnlyList<Field> row in rows)
            table.AddRow(row.Take(heads.Count).Select(Cell));
        TableConsole.Draw(table, output);
    }

    public override void Lines(IReadOnlyList<IReadOnlyList<Field>> rows)
    {
        using StreamWriter output = OpenText();
        foreach (IReadOnlyList<Field> row in rows)
            output.WriteLine(string.Join(' ', row.Select(field => field.Text)).TrimEnd());
    }

    public override void Value(Field field)
    {
        using StreamWriter output = OpenText();
        output.Write(field.Text);
        if (!field.Text.EndsWith('\n'))
            output.WriteLine();
    }

    public override void Line(string text, params IReadOnlyList<Field> fields)
    {
        using StreamWriter output = OpenText();
        output.WriteLine(text);
    }

    public override void Done(string sentence, params IReadOnlyList<Field> subject)
    {
        if (!quiet)
            Line(sentence);
    }

    // A table without rows would have no rule either.
    private void WriteHead(IReadOnlyList<string> heads, StreamWriter output)
    {
        if (quiet)
            return;
        string head = " " + string.Join("   ", heads);
        output.WriteLine(head);
        output.WriteLine(new string('-', head.Length + 2));
    }

    private static Text Cell(Field field) => new(field.Text, Style(field));

    private static Style? Style(Field field) => (field.Name, field.Text) switch
    {
        ("state", "running") => new Style(Color.Green),
        ("state", "paused" or "pmsuspended" or "in shutdown") => new Style(Color.Yellow),
        ("state", "crashed") => new Style(Color.Red),
        _ => null,
    };
}
