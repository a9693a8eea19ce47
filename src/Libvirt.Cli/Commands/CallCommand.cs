using System.CommandLine;
using System.Runtime.InteropServices;
using Libvirt.Cli.Calling;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Input;
using Libvirt.Cli.Output;
using Libvirt.Protocol;
using Libvirt.Protocol.Schema;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Cli.Commands;

/// <summary><c>call</c>: any procedure of the protocol by its name, JSON in and JSON out.</summary>
internal sealed class CallCommand : HypervisorCommand
{
    private readonly Argument<string?> _procedure = new("PROCEDURE")
    {
        Description = "Its name: domain_get_info, REMOTE_PROC_DOMAIN_GET_INFO, qemu_domain_monitor_command or virDomainGetInfo.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _json = new("JSON")
    {
        Description = "Its arguments as a JSON object with the protocol's field names; '-' for stdin, '@FILE' for a file.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _list = new("--list")
    {
        Description = "List the procedures with this word in their names; all without one. '*' and '?' make it a pattern.",
        HelpName = "PATTERN",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _streamIn = new("--stream-in")
    {
        Description = "The file that goes into the call's stream; '-' for stdin.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _streamOut = new("--stream-out")
    {
        Description = "The file for what the call's stream brings; '-' for stdout, and the result then goes to stderr.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _files = new("--file")
    {
        Description = "A file to pass open with the call, which only a unix socket can; may be given several times.",
        HelpName = "FILE",
    };

    public CallCommand()
        : base("call", "Call any procedure of libvirt's protocol and print its result as JSON. 'call PROCEDURE --help' describes one.")
    {
        Add(_procedure);
        Add(_json);
        Add(_list);
        Add(_streamIn);
        Add(_streamOut);
        Add(_files);
    }

    /// <summary>The procedure whose help is asked for; null when none is named.</summary>
    /// <exception cref="UsageException">There is no such procedure.</exception>
    public ProcedureSchema? Named(ParseResult arguments) => arguments.GetValue(_procedure) is { } name ? ProcedureCatalog.Find(name) : null;

    protected override async Task RunAsync(Invocation invocation)
    {
        if (invocation.Has(_list))
            invocation.Output.List(ProcedureRows.Heads, [.. ProcedureCatalog.Matching(invocation.Get(_list)).Select(ProcedureRows.Of)]);
        else
            await CallAsync(invocation, invocation.Get(_procedure) ?? throw new UsageException("name a procedure, or --list them")).ConfigureAwait(false);
    }

    private async Task CallAsync(Invocation invocation, string name)
    {
        ProcedureSchema procedure = ProcedureCatalog.Find(name);
        if (ProcedureCatalog.Obstacle(procedure) is { } obstacle)
            throw new UsageException($"{procedure.Name} cannot be called here: {obstacle}");
        CallTraffic traffic = new(invocation.Get(_streamIn), invocation.Get(_streamOut), invocation.Get(_files) ?? []);
        traffic.Check(procedure);
        RawArguments arguments = new(await JsonArguments.EncodeAsync(procedure, invocation.Get(_json), invocation.CancellationToken).ConfigureAwait(false));
        Procedure<RawArguments, RawResult> descriptor = new(
            procedure.Program.Number, procedure.Program.Version, procedure.Number, procedure.Name, procedure.Traits, procedure.Since);
        if (CallTraffic.HasStream(procedure))
            await CallWithStreamAsync(invocation, procedure, descriptor, arguments, traffic).ConfigureAwait(false);
        else if (CallTraffic.HasFiles(procedure))
            await CallWithFilesAsync(invocation, procedure, descriptor, arguments, traffic).ConfigureAwait(false);
        else
            await CallPlainlyAsync(invocation, procedure, descriptor, arguments).ConfigureAwait(false);
    }

    private static async Task CallPlainlyAsync(
        Invocation invocation, ProcedureSchema procedure, Procedure<RawArguments, RawResult> descriptor, RawArguments arguments)
    {
        ICallInvoker calls = ProcedureCatalog.IsAdmin(procedure)
            ? (await invocation.ConnectAdminAsync().ConfigureAwait(false)).Calls
            : (await invocation.ConnectAsync().ConfigureAwait(false)).Calls;
        RawResult result = await calls.CallAsync(descriptor, arguments, default, invocation.CancellationToken).ConfigureAwait(false);
        JsonText.Print(json => SchemaCodec.Decode(procedure.Result, result.Payload, json));
    }

    private static async Task CallWithStreamAsync(
        Invocation invocation, ProcedureSchema procedure, Procedure<RawArguments, RawResult> descriptor, RawArguments arguments, CallTraffic traffic)
    {
        StreamRelay relay = StreamRelay.Open(traffic);
        await using (relay.ConfigureAwait(false))
        {
            Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
            StreamReply<RawResult> reply = await hypervisor.Calls.OpenStreamAsync(
                descriptor, arguments, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            await relay.RunAsync(reply.Stream, invocation.CancellationToken).ConfigureAwait(false);
            JsonText.Print(
                json => SchemaCodec.Decode(procedure.Result, reply.Result.Payload, json), toError: traffic.Target == TextInput.StandardInput);
        }
    }

    private static async Task CallWithFilesAsync(
        Invocation invocation, ProcedureSchema procedure, Procedure<RawArguments, RawResult> descriptor, RawArguments arguments, CallTraffic traffic)
    {
        IReadOnlyList<SafeHandle> files = traffic.OpenFiles();
        try
        {
            Hypervisor hypervisor = await invocation.ConnectAsync(passesFiles: true).ConfigureAwait(false);
            FilesReply<RawResult> reply = await hypervisor.Calls.CallWithFilesAsync(
                descriptor, arguments, files, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            // They end with this process: whoever wants to use them calls from a program.
            foreach (SafeFileHandle file in reply.Files)
                file.Dispose();
            JsonText.Print(json => SchemaCodec.Decode(procedure.Result, reply.Result.Payload, json));
        }
        finally
        {
            foreach (SafeHandle file in files)
                file.Dispose();
        }
    }
}
