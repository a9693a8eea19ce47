namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Distinguishes the states of a file.</summary>
/// <param name="Length">Its length in bytes; -1 when there is no file.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : new FileStamp(-1, default);
    }
}
