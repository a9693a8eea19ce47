using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

internal static class Rounds
{
    /// <summary>Runs all contenders in turn, so many rounds, on the daemon's socket, and returns what each measured, round by round.</summary>
    /// <param name="context">The run.</param>
    /// <param name="what">What is measured, for those who watch.</param>
    /// <param name="contenders">Who is measured.</param>
    /// <param name="words">What to do, behind the socket.</param>
    public static Task<Dictionary<Contender, List<Sample>>> RunAsync(
        BenchContext context, string what, IReadOnlyList<Contender> contenders, string[] words) =>
        RunAsync(context, what, contenders, contender => contender.RunAsync([context.Daemon.SocketPath, .. words]));

    /// <summary>Runs all contenders in turn, so many rounds, and returns what each measured, round by round.</summary>
    /// <param name="context">The run.</param>
    /// <param name="what">What is measured, for those who watch.</param>
    /// <param name="contenders">Who is measured.</param>
    /// <param name="measure">Measures one of them.</param>
    public static async Task<Dictionary<Contender, List<Sample>>> RunAsync(
        BenchContext context, string what, IReadOnlyList<Contender> contenders, Func<Contender, Task<Sample>> measure)
    {
        Dictionary<Contender, List<Sample>> samples = contenders.ToDictionary(contender => contender, _ => new List<Sample>());
        for (int round = 0; round < context.Options.Rounds; round++)
        {
            // Each round begins with another one, so that nobody always comes after the same.
            Contender[] order = [.. contenders.Select((_, i) => contenders[(i + round) % contenders.Count])];
            string title = $"{what}: round {round + 1} of {context.Options.Rounds}";
            Sample[] measured = await context.Journal.RoundAsync(title, () => MeasureAsync(context, title, order, measure));
            for (int i = 0; i < order.Length; i++)
                samples[order[i]].Add(measured[i]);
        }
        return samples;
    }

    private static async Task<Sample[]> MeasureAsync(BenchContext context, string title, Contender[] order, Func<Contender, Task<Sample>> measure)
    {
        List<Sample> samples = [];
        foreach (Contender contender in order)
        {
            context.Say($"{title}, {contender.Name}");
            samples.Add(await measure(contender));
        }
        return [.. samples];
    }
}
