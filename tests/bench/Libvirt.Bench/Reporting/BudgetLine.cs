namespace Libvirt.Bench.Reporting;

/// <summary>One line of the project's budget and what was measured.</summary>
internal sealed record BudgetLine(string What, string Bound, string Measured, bool IsMet, string By)
{
    public static BudgetLine AtMost(string what, double bound, double measured) =>
        new(what, $"at most {Figures.Short(bound)}", Figures.Short(measured), measured <= bound, $"{Figures.Ratio(measured / bound)} of the bound");

    public static BudgetLine AtLeast(string what, double bound, double measured) =>
        new(what, $"at least {Figures.Short(bound)}", Figures.Short(measured), measured >= bound, $"{Figures.Ratio(measured / bound)} of the bound");
}
