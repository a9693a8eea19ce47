using System.Globalization;
using System.Text;
using System.Text.Json;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Reporting;

/// <summary>A whole run.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="LoadAfter">The machine's load when it was done.</param>
/// <param name="Options">How it ran.</param>
/// <param name="TakenOver">How many rounds an interrupted run had left.</param>
/// <param name="Sections">What it found.</param>
internal sealed record RunReport(Machine Machine, string LoadAfter, BenchOptions Options, int TakenOver, IReadOnlyList<SectionReport> Sections)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Benchmark of {Machine.Began:yyyy-MM-dd HH:mm} UTC\n\n");
        foreach ((string name, string value) in Machine.Facts)
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        text.Append(CultureInfo.InvariantCulture, $"- load (1, 5, 15 minutes) after: {LoadAfter}\n");
        text.Append(CultureInfo.InvariantCulture, $"- medians of {Options.Lengths}\n");
        if (TakenOver > 0)
            text.Append(CultureInfo.InvariantCulture, $"- of these, {TakenOver} rounds were measured before the run was interrupted and taken up again\n");
        BudgetLine[] budget = [.. Sections.SelectMany(section => section.Budget)];
        if (budget.Length > 0)
        {
            ResultTable table = new("Budget", "what", "budget", "measured", "met", "measured to budget");
            foreach (BudgetLine line in budget)
                table.Add(line.What, line.Bound, line.Measured, line.IsMet ? "yes" : "NO", line.By);
            text.Append("\n## Budget\n\n").Append(table.ToMarkdown());
        }
        foreach (SectionReport section in Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{section.How}\n");
            foreach (ResultTable table in section.Tables)
                text.Append(CultureInfo.InvariantCulture, $"\n### {table.Title}\n\n{table.ToMarkdown()}");
        }
        return text.ToString();
    }

    /// <summary>Writes the Markdown and the same as JSON; returns the path of the former.</summary>
    public async Task<string> WriteAsync(string directory, string markdown)
    {
        string path = Path.Combine(directory, Machine.Began.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync($"{path}.md", markdown);
        await File.WriteAllTextAsync($"{path}.json", JsonSerializer.Serialize(new { Machine, LoadAfter, Sections }, Json) + "\n");
        return $"{path}.md";
    }
}
