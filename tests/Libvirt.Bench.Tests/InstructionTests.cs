using System.Globalization;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>
/// Instructions that a call takes outside of the kernel, where the processor counts them: many virtual machines do not let it. Counting by emulation, as
/// valgrind does, is no way out, since .NET's runtime does not run under it; there the other counts have to do.
/// </summary>
public sealed class InstructionTests
{
    private const int Fewer = 10_000;
    private const int More = 50_000;

    // A round trip of one caller takes about 20,000 on today's compiler, threads that wake each other included; twice that is a regression, not noise.
    private const double MostInstructions = 40_000;

    [Fact]
    public async Task A_small_call_takes_no_more_instructions_than_its_budget()
    {
        if (await CountAsync("true") is null)
        {
            TestContext.Current.TestOutputHelper!.WriteLine("This processor does not count instructions, or its hypervisor does not let it.");
            return;
        }
        long fewer = await OfCallsAsync(Fewer);
        long more = await OfCallsAsync(More);

        double each = (more - fewer) / (double)(More - Fewer);
        TestContext.Current.TestOutputHelper!.WriteLine($"{each:0} instructions per call");
        Assert.InRange(each, 1, MostInstructions);
    }

    private static async Task<long> OfCallsAsync(int count)
    {
        string file = Scratch.NewPath("perf");
        await CountedCalls.MakeAsync("version", 1, 1, count, [.. Perf(file)]);
        return Parse(await File.ReadAllTextAsync(file)) ?? throw new InvalidOperationException("perf counted, and then it did not.");
    }

    private static async Task<long?> CountAsync(string program)
    {
        string file = Scratch.NewPath("perf");
        string[] line = [.. Perf(file), program];
        (await Command.RunAsync(line[0], line[1..])).EnsureSuccess();
        return Parse(await File.ReadAllTextAsync(file));
    }

    private static string[] Perf(string file) => ["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", file];

    /// <summary>The count, or null where perf says that there is none. Anything else is an error.</summary>
    private static long? Parse(string output)
    {
        string line = output.Split('\n').Single(found => found.Contains("instructions:u", StringComparison.Ordinal));
        string value = line.Split(',')[0];
        return value is "<not supported>" or "<not counted>" ? null : long.Parse(value, CultureInfo.InvariantCulture);
    }
}
