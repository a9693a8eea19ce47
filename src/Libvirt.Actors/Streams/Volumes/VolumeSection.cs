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

    /// <summary>Data.</summary>
    /// <param name="data">The bytes. They are not copied.</param>
    public static VolumeSection OfData(ReadOnlyMemory<byte> data) => new(data, data.Length, false);

    /// <summary>A hole.</summary>
    /// <param name="length">Its length in bytes.</param>
    public static VolumeSection OfHole(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new VolumeSection(default, length, true);
    }
}
