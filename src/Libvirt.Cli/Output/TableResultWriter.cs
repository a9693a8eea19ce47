using Libvirt.Diagnostics;

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
            output.WriteLine($"{(field.Label + ":").PadRight(width)}{DisplayText.Escape(field.Text)}");
    }

    public override void List(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Field>> rows)
    {
        using StreamWriter output = OpenText();
        TextTable.Write(quiet ? null : heads, heads.Count, rows, output);
    }

    public override void Lines(IReadOnlyList<IReadOnlyList<Field>> rows)
    {
        using StreamWriter output = OpenText();
        foreach (IReadOnlyList<Field> row in rows)
            output.WriteLine(DisplayText.Escape(string.Join(' ', row.Select(field => field.Text)).TrimEnd()));
    }

    public override void Value(Field field) => Line(field.Text);

    public override void Payload(Field field)
    {
        using StreamWriter output = OpenText();
        output.Write(field.Text);
        if (!field.Text.EndsWith('\n'))
            output.WriteLine();
    }

    public override void LabelledValue(Field field) => Line(quiet ? field.Text : $" {field.Label}: {field.Text}");

    public override void Line(string text, params IReadOnlyList<Field> fields)
    {
        using StreamWriter output = OpenText();
        output.WriteLine(DisplayText.Escape(text));
    }

    public override void Done(string sentence, params IReadOnlyList<Field> subject)
    {
        if (!quiet)
            Line(sentence);
    }
}
