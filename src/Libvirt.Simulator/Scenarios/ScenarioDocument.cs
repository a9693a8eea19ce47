namespace Libvirt.Simulator;

/// <summary>A scenario as it is written. Names of the JSON are those of the properties, in camel case; what is not written keeps its value.</summary>
internal sealed record ScenarioDocument
{
    public IReadOnlyList<HostEntry> Hosts { get; set; } = [];

    public IReadOnlyList<TimelineEntry> Timeline { get; set; } = [];

    public IReadOnlyList<FaultEntry> Faults { get; set; } = [];
}

/// <summary>One host, or <see cref="Count"/> of them.</summary>
internal sealed record HostEntry
{
    public required string Name { get; init; }

    public int Count { get; set; } = 1;

    public string? CpuModel { get; set; }

    public int? Sockets { get; set; }

    public int? Cores { get; set; }

    public int? Threads { get; set; }

    public int? Mhz { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("memoryMiB")]
    public ulong? MemoryMiB { get; set; }

    public IReadOnlyList<DomainEntry> Domains { get; set; } = [];

    public IReadOnlyList<VolumeEntry> Volumes { get; set; } = [];
}

/// <summary>One guest, or <see cref="Count"/> of them: ordinary ones, or what a document of libvirt's says.</summary>
internal sealed record DomainEntry
{
    public string? Name { get; set; }

    public string? Xml { get; set; }

    public int Count { get; set; } = 1;

    [System.Text.Json.Serialization.JsonPropertyName("memoryMiB")]
    public int MemoryMiB { get; set; } = 512;

    public int Vcpus { get; set; } = 1;

    public bool Running { get; set; } = true;

    public bool Autostart { get; set; }

    public TimeSpan? ShutdownTime { get; set; }

    public TimeSpan? RebootTime { get; set; }

    public double? CpuLoad { get; set; }

    public bool IgnoresPowerButton { get; set; }

    public bool Agent { get; set; } = true;
}

/// <summary>One volume, its beginning filled with bytes that are no zeros.</summary>
internal sealed record VolumeEntry
{
    public required string Name { get; init; }

    public string Pool { get; set; } = "default";

    [System.Text.Json.Serialization.JsonPropertyName("capacityMiB")]
    public int CapacityMiB { get; set; } = 16;

    [System.Text.Json.Serialization.JsonPropertyName("contentMiB")]
    public int ContentMiB { get; set; }
}

/// <summary>Something that happens to hosts or guests at a time, or again and again.</summary>
internal sealed record TimelineEntry
{
    public TimeSpan? At { get; set; }

    public TimeSpan? Every { get; set; }

    public required string Do { get; init; }

    public string? Host { get; set; }

    public string? Domain { get; set; }

    public TimeSpan? For { get; set; }

    public int? Events { get; set; }
}

/// <summary>A rule for calls, or for clients that connect.</summary>
internal sealed record FaultEntry
{
    public required string On { get; init; }

    public required string Do { get; init; }

    public string? Host { get; set; }

    public int Skip { get; set; }

    public int? Times { get; set; }

    public TimeSpan? For { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }

    public int? Bytes { get; set; }

    public int? Offset { get; set; }

    public int Count { get; set; } = 4;

    public uint? Length { get; set; }

    public int? Events { get; set; }

    public string? How { get; set; }
}
