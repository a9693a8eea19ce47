namespace Libvirt.Bench.Measuring;

internal static class Median
{
    /// <summary>The middle value, or the mean of the middle two.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return double.NaN;
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median of a figure of the samples.</summary>
    public static double Of(IEnumerable<Sample> samples, Func<Sample, double> figure) => Of(samples.Select(figure));

    /// <summary>The median, over the rounds, of what a figure of the first was to the best figure of the others in the same round.</summary>
    /// <param name="own">The samples of the one, round by round.</param>
    /// <param name="others">The samples of each of the others, round by round.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="mostIsBest">Whether the best of the others is the one with the most, else with the least.</param>
    public static double OfRatios(
        IReadOnlyList<Sample> own, IReadOnlyList<IReadOnlyList<Sample>> others, Func<Sample, double> figure, bool mostIsBest) =>
        Of(own.Select((sample, round) =>
        {
            IEnumerable<double> rivals = others.Select(other => figure(other[round]));
            return figure(sample) / (mostIsBest ? rivals.Max() : rivals.Min());
        }));
}
