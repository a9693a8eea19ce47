using System.Globalization;

namespace Libvirt.Bench.Running;

/// <summary>What the command line asked for.</summary>
internal sealed record BenchOptions
{
    /// <summary>The sections to run, by name.</summary>
    public required IReadOnlyList<string> Sections { get; init; }

    /// <summary>How often each contender is measured at each point.</summary>
    public required int Rounds { get; init; }

    /// <summary>How long each measurement lasts.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long each contender runs before it is measured.</summary>
    public required double Warmup { get; init; }

    /// <summary>How much each point is measured, in words.</summary>
    public string Lengths => string.Create(CultureInfo.InvariantCulture, $"{Rounds} rounds of {Seconds} s, each after {Warmup} s of warm-up, ours also after nothing was compiled for 0.5 s");

    /// <summary>Which calls are measured.</summary>
    public required IReadOnlyList<string> Calls { get; init; }

    /// <summary>How many callers call at once.</summary>
    public required IReadOnlyList<int> Callers { get; init; }

    /// <summary>How large the transferred volume is, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>How many connections are held idle.</summary>
    public required int Connections { get; init; }

    /// <summary>Where the result files go; null for nowhere.</summary>
    public required string? Results { get; init; }
}
