namespace Libvirt.Streams;

/// <summary>A part of a sparse volume: data, or a hole that reads as zeros and takes no space.</summary>
public readonly record struct VolumeSection
{
    private VolumeSection(ReadOnlyMemory<byte> data, long length, bool isHole)
    {
        Data = data;
        Length = length;
        IsHole = isHole;
    }

    /// <summary>The bytes; empty for a hole. Whose memory it is, says who gave the section out.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>How many bytes of the volume it stands for.</summary>
    public long Length { get; }

    /// <summary>Whether it is a hole.</summary>
    public bool IsHole { get; }

    internal static VolumeSection OfData(ReadOnlyMemory<byte> data) => new(data, data.Length, false);

    internal static VolumeSection OfHole(long length) => new(default, length, true);
}
