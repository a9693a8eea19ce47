using System.Text;

namespace Libvirt.Bench.Reporting;

/// <summary>A table of results.</summary>
internal sealed class ResultTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public string Title { get; } = title;

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public void Add(params string[] cells)
    {
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"{cells.Length} cells for {Columns.Count} columns", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The table in Markdown, its columns aligned for those who read the source: text to the left, numbers to the right.</summary>
    public string ToMarkdown()
    {
        int[] widths = [.. Columns.Select((column, i) => Rows.Select(row => row[i].Length).Append(column.Length).Append(3).Max())];
        bool[] areNumbers = [.. Columns.Select((column, i) => Rows.All(row => row[i] == "-" || double.TryParse(row[i], out double _)))];
        StringBuilder text = new();
        Line(Columns);
        Line([.. Columns.Select((_, i) => areNumbers[i] ? new string('-', widths[i] - 1) + ":" : new string('-', widths[i]))]);
        foreach (IReadOnlyList<string> row in Rows)
            Line(row);
        return text.ToString();

        void Line(IReadOnlyList<string> cells)
        {
            for (int i = 0; i < cells.Count; i++)
                text.Append("| ").Append(areNumbers[i] ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i])).Append(' ');
            text.Append("|\n");
        }
    }
}
