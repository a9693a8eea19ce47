using System.CommandLine;
using System.CommandLine.Parsing;
using Libvirt.Bench.Sections;
using Libvirt.Testing;

namespace Libvirt.Bench.Running;

/// <summary>The command line of the benchmark.</summary>
internal sealed class BenchCommand : RootCommand
{
    private static readonly string[] CallNames = ["version", "info", "list", "xml"];

    private readonly Option<string[]> _only = List("--only", $"The sections to run: {string.Join(", ", AllSections.Names)}.", AllSections.Names);
    private readonly Option<string[]> _calls = List("--calls", $"The calls: {string.Join(", ", CallNames)}.", CallNames);
    private readonly Option<string[]> _callers = List("--callers", "How many callers call at once.", ["1", "8", "32", "256"]);
    private readonly Option<int> _rounds = new("--rounds") { Description = "How often each point is measured.", DefaultValueFactory = _ => 3 };
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long each measurement lasts.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _warmup = new("--warmup") { Description = "How long each contender runs before.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _size = new("--size") { Description = "MiB to transfer.", DefaultValueFactory = _ => 1024 };
    private readonly Option<int> _connections = new("--connections") { Description = "Connections to hold idle.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<string> _results = new("--results")
    {
        Description = "The directory for the result files; - for none.",
        DefaultValueFactory = _ => RepositoryRoot.Combine("tests", "bench", "results"),
    };

    private BenchCommand()
        : base("Measures this project beside its peers on one daemon and writes the result to a file.")
    {
        foreach (Option option in (Option[])[_only, _rounds, _seconds, _warmup, _calls, _callers, _size, _connections, _results])
            Add(option);
        SetAction((parsed, _) => new Benchmark(Read(parsed)).RunAsync());
    }

    public static Task<int> RunAsync(string[] args) =>
        new BenchCommand().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private BenchOptions Read(ParseResult parsed) => new()
    {
        Sections = parsed.GetRequiredValue(_only),
        Rounds = parsed.GetRequiredValue(_rounds),
        Seconds = parsed.GetRequiredValue(_seconds),
        Warmup = parsed.GetRequiredValue(_warmup),
        Calls = parsed.GetRequiredValue(_calls),
        Callers = [.. parsed.GetRequiredValue(_callers).Select(int.Parse)],
        Size = (long)parsed.GetRequiredValue(_size) << 20,
        Connections = parsed.GetRequiredValue(_connections),
        Results = parsed.GetRequiredValue(_results) is { } directory and not "-" ? directory : null,
    };

    private static Option<string[]> List(string name, string description, IReadOnlyCollection<string> all) => new(name)
    {
        Description = description,
        HelpName = "A,B,...",
        DefaultValueFactory = _ => [.. all],
        CustomParser = result => Split(result, all),
    };

    private static string[] Split(ArgumentResult result, IReadOnlyCollection<string> all)
    {
        string[] words = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        bool areNumbers = all.All(word => int.TryParse(word, out _));
        foreach (string word in words.Where(word => areNumbers ? !int.TryParse(word, out int number) || number < 1 : !all.Contains(word)))
            result.AddError($"'{word}' is none of {string.Join(", ", all)}.");
        return words;
    }
}
