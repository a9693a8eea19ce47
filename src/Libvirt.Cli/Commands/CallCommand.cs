using System.CommandLine;
using Libvirt.Cli.Calling;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;
using Libvirt.Protocol;
using Libvirt.Protocol.Schema;

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

    public CallCommand()
        : base("call", "Call any procedure of libvirt's protocol and print its result as JSON. 'call PROCEDURE --help' describes one.")
    {
        Add(_procedure);
        Add(_json);
        Add(_list);
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
        RawArguments arguments = new(await JsonArguments.EncodeAsync(procedure, invocation.Get(_json), invocation.CancellationToken).ConfigureAwait(false));
        Procedure<RawArguments, RawResult> descriptor = new(
            procedure.Program.Number, procedure.Program.Version, procedure.Number, procedure.Name, procedure.Traits, procedure.Since);
        ICallInvoker calls = ProcedureCatalog.IsAdmin(procedure)
            ? (await invocation.ConnectAdminAsync().ConfigureAwait(false)).Calls
            : (await invocation.ConnectAsync().ConfigureAwait(false)).Calls;
        RawResult result = await calls.CallAsync(descriptor, arguments, default, invocation.CancellationToken).ConfigureAwait(false);
        JsonText.Print(json => SchemaCodec.Decode(procedure.Result, result.Payload, json));
    }
}
