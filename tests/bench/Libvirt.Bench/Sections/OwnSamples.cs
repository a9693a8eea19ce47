using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

internal static class OwnSamples
{
    /// <summary>Runs ourselves alone, so many rounds.</summary>
    /// <param name="context">The run.</param>
    /// <param name="what">What is measured, for those who watch.</param>
    /// <param name="words">The socket, what to do there, and how.</param>
    public static async Task<List<Sample>> MeasureAsync(BenchContext context, string what, params string[] words)
    {
        List<Sample> samples = [];
        for (int round = 0; round < context.Options.Rounds; round++)
        {
            string title = $"{what}: round {round + 1} of {context.Options.Rounds}";
            context.Say(title);
            samples.AddRange(await context.Journal.RoundAsync(title, async () => [await Contenders.Self.RunAsync(words)]));
        }
        return samples;
    }
}
