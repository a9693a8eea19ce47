using System.Text.Json;
using System.Text.Json.Serialization;

namespace Libvirt.Bench.Measuring;

/// <summary>What one process measured in one go, printed as one line of JSON.</summary>
internal sealed record Sample
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>How many calls, deliveries, messages or connections.</summary>
    public long Count { get; init; }

    /// <summary>How many bytes were transferred.</summary>
    public long Bytes { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>User and system time of the process meanwhile.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>The most memory the process ever had resident.</summary>
    public long PeakRssBytes { get; init; }

    /// <summary>Half of the calls took no longer.</summary>
    public double? P50Microseconds { get; init; }

    /// <summary>99 of 100 calls took no longer.</summary>
    public double? P99Microseconds { get; init; }

    /// <summary>What was allocated on the managed heap, by all threads together.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>What was resident at the end beyond what was at the beginning.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>What was alive on the managed heap at the end beyond what was at the beginning.</summary>
    public long? HeapBytes { get; init; }

    /// <summary>What had been dropped on the way and is not in <see cref="Count"/>.</summary>
    public long? Dropped { get; init; }

    /// <summary>How many events had arrived at the end, where the client is subscribed to any.</summary>
    public long? Events { get; init; }

    [JsonIgnore]
    public double PerSecond => Count / Seconds;

    [JsonIgnore]
    public double CpuMicrosecondsEach => CpuSeconds * 1e6 / Count;

    [JsonIgnore]
    public double NanosecondsEach => Seconds * 1e9 / Count;

    [JsonIgnore]
    public double AllocatedBytesEach => (double)(AllocatedBytes ?? 0) / Count;

    [JsonIgnore]
    public double MegabytesPerSecond => Bytes / 1e6 / Seconds;

    public static Sample Parse(string line) =>
        JsonSerializer.Deserialize<Sample>(line, Json) ?? throw new FormatException($"not a sample: {line}");

    public string ToLine() => JsonSerializer.Serialize(this, Json);
}
