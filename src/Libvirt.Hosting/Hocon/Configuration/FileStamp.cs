namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>What tells one state of a file from another. Pipes and the kernel's own files, which have no length, are always as they were.</summary>
/// <param name="Length">Its bytes; -1 where there is no file.</param>
/// <param name="Written">When it was last written; nothing where it is empty.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return !file.Exists ? new FileStamp(-1, default) : file.Length == 0 ? default : new FileStamp(file.Length, file.LastWriteTimeUtc);
    }
}
