using System.Runtime.InteropServices;
using Libvirt.Cli.Failures;
using Libvirt.Protocol;
using Libvirt.Protocol.Schema;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Cli.Calling;

/// <summary>
/// What goes with a call besides its arguments and comes besides its result, as the command line names it: the ends of its stream, and open files.
/// </summary>
/// <param name="Source">The file that goes into the stream; null for none.</param>
/// <param name="Target">The file that gets what the stream brings; null for none.</param>
/// <param name="Files">The files that are passed open.</param>
internal sealed record CallTraffic(string? Source, string? Target, IReadOnlyList<string> Files)
{
    private const ProcedureTraits Streams = ProcedureTraits.ReadStream | ProcedureTraits.WriteStream;
    private const ProcedureTraits Descriptors = ProcedureTraits.SendsDescriptors | ProcedureTraits.ReceivesDescriptors;

    /// <summary>Whether a call of the procedure begins a stream.</summary>
    public static bool HasStream(ProcedureSchema procedure) => (procedure.Traits & Streams) != 0;

    /// <summary>Whether a call of the procedure passes open files, in either direction.</summary>
    public static bool HasFiles(ProcedureSchema procedure) => (procedure.Traits & Descriptors) != 0;

    /// <summary>Holds what was named against what the procedure needs, before anything is sent.</summary>
    /// <exception cref="UsageException">Something is missing, or of no use.</exception>
    public void Check(ProcedureSchema procedure)
    {
        string name = procedure.ShortName;
        if (!HasStream(procedure) && (Source ?? Target) is not null)
            throw new UsageException($"{name} begins no stream: leave --stream-in and --stream-out away");
        if ((procedure.Traits & Streams) == ProcedureTraits.WriteStream && Target is not null)
            throw new UsageException($"the stream of {name} brings nothing: leave --stream-out away");
        if ((procedure.Traits & Streams) == ProcedureTraits.ReadStream && Source is not null)
            throw new UsageException($"the stream of {name} takes nothing: leave --stream-in away");
        if ((procedure.Traits & Streams) == ProcedureTraits.WriteStream && Source is null)
            throw new UsageException($"{name} begins a stream that takes data: name its file with --stream-in, '-' for standard input");
        if ((procedure.Traits & ProcedureTraits.ReadStream) != 0 && Target is null)
            throw new UsageException($"{name} begins a stream that brings data: name a file for it with --stream-out, '-' for standard output");
        if (Files.Count > 0 && (procedure.Traits & ProcedureTraits.SendsDescriptors) == 0)
            throw new UsageException($"{name} passes no file descriptors to the daemon: leave --file away");
        if (Files.Count == 0 && (procedure.Traits & Descriptors) == ProcedureTraits.SendsDescriptors)
            throw new UsageException($"{name} passes file descriptors to the daemon: name the files with --file");
    }

    /// <summary>Opens the files that are passed. The caller closes them.</summary>
    /// <exception cref="UsageException">One cannot be opened; none is left open.</exception>
    public IReadOnlyList<SafeHandle> OpenFiles()
    {
        List<SafeHandle> opened = [];
        try
        {
            foreach (string file in Files)
                opened.Add(Open(file));
            return opened;
        }
        catch
        {
            foreach (SafeHandle handle in opened)
                handle.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Open(string file)
    {
        try
        {
            return File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{file}' cannot be opened for reading and writing: {failure.Message}", failure);
        }
    }
}
