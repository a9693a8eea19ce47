namespace Libvirt.Bench.Reporting;

/// <summary>What a section found.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="How">How it was measured, in a sentence or two.</param>
/// <param name="Tables">The figures.</param>
/// <param name="Budget">The lines of the budget that it decides.</param>
internal sealed record SectionReport(string Title, string How, IReadOnlyList<ResultTable> Tables, IReadOnlyList<BudgetLine> Budget);
