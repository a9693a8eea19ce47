using System.Text.Json;
using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Running;

/// <summary>
/// The rounds of a run that is under way, so that one which was interrupted goes on where it was: a line for each, what it was and the samples of all
/// contenders. Only whole rounds count, since ratios are taken within a round.
/// </summary>
internal sealed class Journal
{
    private const char Separator = '\t';

    private readonly string? _file;
    private readonly Dictionary<string, Sample[]> _rounds;

    private Journal(string? file, Dictionary<string, Sample[]> rounds) => (_file, _rounds, TakenOver) = (file, rounds, rounds.Count);

    /// <summary>How many rounds an interrupted run has left.</summary>
    public int TakenOver { get; }

    /// <summary>Opens the journal that an interrupted run has left, if that was the same run, or begins a new one.</summary>
    /// <param name="directory">Where it is kept; null to keep none.</param>
    /// <param name="run">What must be the same: the commit and the lengths.</param>
    public static Journal Open(string? directory, string run)
    {
        if (directory is null)
            return new Journal(null, []);
        string file = Path.Combine(directory, "unfinished.tsv");
        Dictionary<string, Sample[]> rounds = [];
        string[] lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        if (lines is [var first, .. var rest] && first == run)
        {
            foreach (string line in rest)
                Add(line, rounds);
        }
        else
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(file, run + "\n");
        }

        return new Journal(file, rounds);
    }

    /// <summary>The samples of a round: those of an interrupted run, or newly measured.</summary>
    public async Task<Sample[]> RoundAsync(string key, Func<Task<Sample[]>> measure)
    {
        if (_rounds.TryGetValue(key, out Sample[]? samples))
            return samples;
        samples = await measure();
        _rounds.Add(key, samples);
        if (_file is not null)
            await File.AppendAllTextAsync(_file, string.Join(Separator, [key, .. samples.Select(sample => sample.ToLine())]) + "\n");
        return samples;
    }

    /// <summary>The run is over.</summary>
    public void Delete()
    {
        if (_file is not null)
            File.Delete(_file);
    }

    private static void Add(string line, Dictionary<string, Sample[]> rounds)
    {
        string[] fields = line.Split(Separator);
        try
        {
            rounds[fields[0]] = [.. fields[1..].Select(Sample.Parse)];
        }
        catch (JsonException)
        {
            // The run was interrupted in the midst of it.
        }
    }
}
