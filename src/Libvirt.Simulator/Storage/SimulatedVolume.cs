using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One volume of a storage pool. What is written to it is kept in memory, or in a file of its host's folder; what never was takes up no room.</summary>
public sealed class SimulatedVolume
{
    internal SimulatedVolume(SimulatedStoragePool pool, string name, string format, VolumeContent content)
    {
        Pool = pool;
        Name = name;
        Format = format;
        Content = content;
    }

    /// <summary>The pool it is in.</summary>
    public SimulatedStoragePool Pool { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The format it was made with, such as <c>raw</c> or <c>qcow2</c>. Its bytes are those of the client in any case.</summary>
    public string Format { get; }

    /// <summary>Where it is said to lie; also its key.</summary>
    public string Path => $"{Pool.TargetPath.TrimEnd('/')}/{Name}";

    /// <summary>Bytes from the first to the last.</summary>
    public long Capacity => Content.Length;

    /// <summary>Bytes that take up room.</summary>
    public long Allocation => Content.Allocated;

    internal VolumeContent Content { get; }

    internal RemoteStorageVol Wire => new(Pool.Name, Name, Path);

    /// <summary>Writes bytes into it; beyond its end it grows.</summary>
    public void Write(long position, ReadOnlySpan<byte> data) => Content.Write(position, data);

    /// <summary>Reads bytes; what lies beyond its end is left out.</summary>
    public byte[] Read(long position, int length)
    {
        using MemoryStream bytes = new();
        foreach (VolumePiece piece in Content.Read(position, length, SparseMemory.BlockSize, holes: false))
            bytes.Write(piece.Data.Span);
        return bytes.ToArray();
    }

    internal string GetXml() => XmlText.Write(new XElement(
        "volume",
        new XAttribute("type", "file"),
        new XElement("name", Name),
        new XElement("key", Path),
        new XElement("capacity", new XAttribute("unit", "bytes"), Capacity.ToString(CultureInfo.InvariantCulture)),
        new XElement("allocation", new XAttribute("unit", "bytes"), Allocation.ToString(CultureInfo.InvariantCulture)),
        new XElement("target", new XElement("path", Path), new XElement("format", new XAttribute("type", Format)))));
}
