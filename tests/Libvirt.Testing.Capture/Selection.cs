namespace Libvirt.Testing.Capture;

/// <summary>Chooses which exchanges are worth keeping: every procedure, every kind of outcome, few bytes.</summary>
internal static class Selection
{
    private const int AlikePerScenario = 3;
    private const int LongExchange = 6000;
    private const int LongestExchange = 65536;

    public static IReadOnlyList<Exchange> Of(IReadOnlyList<Exchange> exchanges)
    {
        List<Exchange> chosen = [];
        foreach (IGrouping<string, Exchange> alike in exchanges.GroupBy(exchange => $"{exchange.Program:x8} {exchange.Procedure:d5} {exchange.Kind}"))
        {
            Exchange[] different = [.. alike.DistinctBy(exchange => exchange.Fingerprint)];
            Exchange[] small = [.. different.Where(exchange => exchange.Size <= LongExchange)];
            if (small.Length == 0)
                small = [different.MinBy(exchange => exchange.Size)!];
            chosen.AddRange(small.Where(exchange => exchange.Size <= LongestExchange).GroupBy(Scenario).SelectMany(scenario => Spread([.. scenario])));
        }
        return [.. chosen.OrderBy(exchange => exchange.Program).ThenBy(exchange => exchange.Procedure)];
    }

    public static string Describe(IReadOnlyList<Exchange> chosen)
    {
        IEnumerable<string> lines = chosen
            .GroupBy(exchange => exchange.Program)
            .Select(program => $"{RpcProgram.Name(program.Key)}: {program.Select(exchange => exchange.Procedure).Distinct().Count()} procedures, "
                + $"{program.Sum(exchange => exchange.Frames.Count)} messages, {program.Sum(exchange => exchange.Size)} bytes");
        return string.Join(Environment.NewLine, lines);
    }

    // The smallest, the largest and one between: an empty list and a full one both say something.
    private static Exchange[] Spread(Exchange[] exchanges)
    {
        Exchange[] sorted = [.. exchanges.OrderBy(exchange => exchange.Size)];
        return sorted.Length <= AlikePerScenario ? sorted : [sorted[0], sorted[sorted.Length / 2], sorted[^1]];
    }

    private static string Scenario(Exchange exchange) => exchange.Source.Split(' ')[0];
}
