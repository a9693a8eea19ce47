using System.Buffers.Binary;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>A folder that holds the volumes of one pool: each a file of the volume's name and length.</summary>
internal sealed class VolumeFolder
{
    private const uint QcowMagic = 0x514649fb;
    private const int LongestName = 255;

    private readonly string _path;

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public VolumeFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>Whether something of this name can lie in a folder, and not anywhere else.</summary>
    public static bool CanHold(string name) =>
        name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= LongestName && !name.Any(c => char.IsControl(c) || c is '/' or '\\');

    /// <summary>The volumes that lie there now, by name.</summary>
    public IEnumerable<string> Names() => Directory.EnumerateFiles(_path).Select(file => Path.GetFileName(file)).Where(CanHold);

    public SparseFile Create(string name, long length) => SparseFile.Create(FileOf(name), length);

    public SparseFile Open(string name) => new(FileOf(name));

    public void Delete(string name) => File.Delete(FileOf(name));

    /// <summary>The format that a content's first bytes tell.</summary>
    public static string FormatOf(VolumeContent content)
    {
        VolumePiece first = content.Read(0, sizeof(uint), sizeof(uint), holes: false).FirstOrDefault();
        return first.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(first.Data.Span) == QcowMagic ? "qcow2" : "raw";
    }

    private string FileOf(string name) => Path.Combine(_path, name);
}
