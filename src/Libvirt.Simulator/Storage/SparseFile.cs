using Microsoft.Win32.SafeHandles;

namespace Libvirt.Simulator;

/// <summary>The content of a volume in a file that has holes where nothing was written. The file is open only while it is used.</summary>
internal sealed class SparseFile : VolumeContent
{
    private readonly string _path;

    /// <summary>Takes a file that is there.</summary>
    public SparseFile(string path) => _path = path;

    public override long Length => Try(() => new FileInfo(_path).Length);

    public override long Allocated
    {
        get
        {
            using SafeFileHandle file = Open(FileAccess.Read);
            long end = RandomAccess.GetLength(file);
            long allocated = 0;
            for (long position = FileHoles.LengthAt(file, 0, end); position < end; position += FileHoles.LengthAt(file, position, end))
            {
                long data = FileHoles.LengthOfDataAt(file, position, end);
                allocated += data;
                position += data;
            }
            return allocated;
        }
    }

    /// <summary>Makes a file that is one hole.</summary>
    /// <exception cref="SimulatedFailureException">It cannot be made.</exception>
    public static SparseFile Create(string path, long length)
    {
        Try(() =>
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
            RandomAccess.SetLength(file, length);
            return true;
        });
        return new SparseFile(path);
    }

    public override void Write(long position, ReadOnlySpan<byte> data)
    {
        using SafeFileHandle file = Open(FileAccess.ReadWrite);
        try
        {
            RandomAccess.Write(file, data, position);
        }
        catch (IOException e)
        {
            throw Failure(e);
        }
    }

    public override void Punch(long position, long length)
    {
        using SafeFileHandle file = Open(FileAccess.ReadWrite);
        Try(() =>
        {
            long end = EndOf(position, length);
            long old = RandomAccess.GetLength(file);
            if (position < old)
                FileHoles.Punch(file, position, Math.Min(end, old) - position);
            if (end > old)
                RandomAccess.SetLength(file, end);
            return true;
        });
    }

    public override void Resize(long length)
    {
        using SafeFileHandle file = Open(FileAccess.ReadWrite);
        Try(() =>
        {
            RandomAccess.SetLength(file, length);
            return true;
        });
    }

    public override IEnumerable<VolumePiece> Read(long position, long length, int maxPiece, bool holes)
    {
        using SafeFileHandle file = Open(FileAccess.Read);
        long end = Math.Min(RandomAccess.GetLength(file), EndOf(position, length));
        while (position < end && Next(file, position, end, maxPiece, holes) is { Length: > 0 } piece)
        {
            yield return piece;
            position += piece.Length;
        }
    }

    // Nothing where the file has become shorter meanwhile.
    private static VolumePiece Next(SafeFileHandle file, long position, long end, int maxPiece, bool holes)
    {
        if (holes && FileHoles.LengthAt(file, position, end) is > 0 and long hole)
            return VolumePiece.Hole(hole);
        byte[] data = new byte[Math.Min(maxPiece, holes ? FileHoles.LengthOfDataAt(file, position, end) : end - position)];
        return VolumePiece.Bytes(data.AsMemory(0, Try(() => RandomAccess.Read(file, data, position))));
    }

    private SafeFileHandle Open(FileAccess access) => Try(() => File.OpenHandle(_path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete));

    private static T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw Failure(e);
        }
    }

    private static SimulatedFailureException Failure(Exception e) => new(ErrorNumber.SystemError, ErrorDomain.Storage, e.Message);
}
