using Libvirt.Bench.Measuring;
using Libvirt.Bench.Running;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>What a run that was interrupted leaves for the next.</summary>
public sealed class JournalTests
{
    private readonly string _directory = Scratch.NewDirectory("journal");

    [Fact]
    public async Task The_same_run_goes_on_behind_the_rounds_that_are_done()
    {
        Sample[] measured = [new Sample { Count = 3, Seconds = 0.5 }, new Sample { Count = 4, Seconds = 0.25, P99Microseconds = 17 }];
        await Journal.Open(_directory, "run").RoundAsync("calls: round 1", () => Task.FromResult(measured));

        Journal next = Journal.Open(_directory, "run");

        Assert.Equal(1, next.TakenOver);
        Assert.Equal(measured, await next.RoundAsync("calls: round 1", () => throw new InvalidOperationException("It was measured already.")));
    }

    [Fact]
    public async Task Another_run_begins_anew()
    {
        await Journal.Open(_directory, "run").RoundAsync("calls: round 1", () => Task.FromResult<Sample[]>([new Sample { Count = 1 }]));

        Assert.Equal(0, Journal.Open(_directory, "run of another commit").TakenOver);
    }

    [Fact]
    public async Task A_round_that_was_being_written_does_not_count()
    {
        await Journal.Open(_directory, "run").RoundAsync("calls: round 1", () => Task.FromResult<Sample[]>([new Sample { Count = 1 }]));
        string file = Assert.Single(Directory.GetFiles(_directory));
        string written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, written[..^8], TestContext.Current.CancellationToken);

        Assert.Equal(0, Journal.Open(_directory, "run").TakenOver);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_run_that_is_over()
    {
        Journal journal = Journal.Open(_directory, "run");
        await journal.RoundAsync("calls: round 1", () => Task.FromResult<Sample[]>([new Sample { Count = 1 }]));

        journal.Delete();

        Assert.Empty(Directory.GetFiles(_directory));
    }
}
