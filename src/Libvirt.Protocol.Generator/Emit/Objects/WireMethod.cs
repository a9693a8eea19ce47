using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>How a procedure's method in its program's class looks, by what the procedure is besides a question and an answer.</summary>
/// <param name="Invoker">The invoker's method that carries it out.</param>
/// <param name="Result">What the method returns.</param>
/// <param name="Returns">The documentation of that; null when it returns nothing.</param>
/// <param name="Cancellation">What its cancellation does.</param>
/// <param name="Extra">The parameter that such calls have beyond the others.</param>
/// <param name="Wrapper">What makes the method's result of the invoker's; null when they are the same.</param>
internal sealed record WireMethod(
    string Invoker, string Result, string? Returns, string Cancellation, WireParameter? Extra = null, string? Wrapper = null)
{
    private const string GiveUp = "Gives up the waiting; the daemon may still carry the call out.";
    private const string GiveUpStream = "Gives the call up; a stream that has begun meanwhile is aborted.";
    private const string ResultAndFiles = "The result, as on the wire, and the files that came with it. The caller owns them.";
    private const string GiveUpDescriptors = GiveUp + " Files that come nevertheless are closed.";

    private static readonly WireParameter Stream = new(
        "stream", "StreamOptions? stream = null", "The stream's buffer and what happens when it is full; the defaults when null.");

    private static readonly WireParameter Files = new(
        "files", "IReadOnlyList<SafeHandle> files", "What goes with the call, 32 at most. The caller keeps them and may close them when the call has ended.");

    private static readonly WireParameter NoFiles = new("[]", null, null);

    /// <summary>The method of a procedure.</summary>
    /// <param name="procedure">Which one.</param>
    /// <param name="ret">The type of its result; null for none.</param>
    public static WireMethod Of(ModelProcedure procedure, string? ret)
    {
        if (procedure.Stream is not null)
        {
            return ret is null
                ? new("OpenStreamAsync", "ValueTask<LibvirtStream>", "The stream. The caller disposes it.", GiveUpStream, Stream, "CallReplies.StreamAsync")
                : new("OpenStreamAsync", $"ValueTask<StreamReply<{ret}>>", "The result, as on the wire, and the stream, which the caller disposes.", GiveUpStream, Stream);
        }

        string? result = ret is null ? null : "The result, as on the wire.";
        const string withFiles = "CallWithFilesAsync";
        return procedure.Descriptors switch
        {
            "send" => new(withFiles, Task(ret), result, GiveUp, Files, ret is null ? "CallReplies.DiscardAsync" : "CallReplies.ResultAsync"),
            "receive" when ret is null => new(
                withFiles, "ValueTask<IReadOnlyList<SafeFileHandle>>", "What came with the reply. The caller owns it.", GiveUpDescriptors,
                NoFiles, "CallReplies.FilesAsync"),
            "receive" => new(withFiles, $"ValueTask<FilesReply<{ret}>>", ResultAndFiles, GiveUpDescriptors, NoFiles),
            "both" => new(withFiles, $"ValueTask<FilesReply<{ret ?? "XdrVoid"}>>", ResultAndFiles, GiveUpDescriptors, Files),
            _ => new("CallAsync", Task(ret), result, GiveUp, Wrapper: ret is null ? "CallReplies.DiscardAsync" : null),
        };
    }

    private static string Task(string? ret) => ret is null ? "ValueTask" : $"ValueTask<{ret}>";
}

/// <summary>What a method passes on beyond what all pass on.</summary>
/// <param name="Name">The name of the parameter, or the constant that stands for it.</param>
/// <param name="Declaration">The parameter as declared; null where the method has none.</param>
/// <param name="Documentation">What it says of itself.</param>
internal sealed record WireParameter(string Name, string? Declaration, string? Documentation);
