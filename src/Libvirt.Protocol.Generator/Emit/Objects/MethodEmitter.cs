using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes one method of the object model.</summary>
internal sealed class MethodEmitter
{
    private const string Builder = "[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]";

    private readonly Emission _emission;
    private readonly ResultTypes _results;
    private readonly Dictionary<string, ModelStruct> _structs;

    public MethodEmitter(Emission emission, ResultTypes results)
    {
        _emission = emission;
        _results = results;
        _structs = emission.Model.Types.OfType<ModelStruct>().ToDictionary(s => s.Name);
    }

    public void Emit(CodeWriter code, ProgramCall call, ObjectKind owner)
    {
        ModelProcedure procedure = call.Procedure;
        ApiFunction function = _emission.Function(procedure)!;
        ModelStruct? ret = procedure.Ret is null ? null : _structs[procedure.Ret];
        MethodArguments arguments = new(_emission, procedure, function, owner, procedure.Args is null ? null : _structs[procedure.Args], ret);
        ValueCode? result = Result(procedure, ret);
        Documentation(code, procedure, function, arguments, result);
        string name = MethodNames.Name(_emission, function.Name, owner);
        string parameters = string.Concat(arguments.Parameters.Select(p => $"{p.CSharp} {p.Name}{(p.Default is null ? "" : " = " + p.Default)}, "));
        string signature = $"{name}Async({parameters}CallOptions? options = null, CancellationToken cancellationToken = default)";
        string hypervisor = owner == ObjectKind.Hypervisor ? "this" : "Hypervisor";
        string program = $"{(hypervisor == "this" ? "" : "Hypervisor.")}{_emission.Naming.Pascal(call.Program.Name)}";
        string target = $"{program}.{_emission.ProcedureName(call.Program, procedure)}Async";
        if (ret is null)
        {
            code.Expression($"public ValueTask {signature}", Call(target, arguments.Initializer));
            return;
        }

        code.Line(result is null ? Builder.Replace("<>", "", StringComparison.Ordinal) : Builder);
        code.Line($"public async ValueTask{(result is null ? "" : $"<{result.CSharp}>")} {signature}");
        code.Line("{");
        Body(code, arguments, target, procedure, result, hypervisor);
        code.Line("}");
    }

    private void Body(CodeWriter code, MethodArguments arguments, string target, ModelProcedure procedure, ValueCode? result, string hypervisor)
    {
        string reply = _emission.TypeNames.Name(procedure.Ret!);
        if (result is null)
        {
            code.Line($"await {Call(target, arguments.Initializer)}.ConfigureAwait(false);");
            return;
        }

        string first = arguments.AsksCount ? arguments.Initializer.Replace("{0}", "0", StringComparison.Ordinal) : arguments.Initializer;
        code.Line($"{reply} reply = await {Call(target, first)}.ConfigureAwait(false);");
        if (arguments.AsksCount)
        {
            string second = arguments.Initializer.Replace("{0}", "reply.ParamCount", StringComparison.Ordinal);
            code.Line("if (reply.ParamCount > 0)");
            code.Indented($"reply = await {Call(target, second)}.ConfigureAwait(false);");
        }

        string convert = result.Convert.Replace("hypervisor", hypervisor, StringComparison.Ordinal);
        code.Line($"return {convert};");
    }

    private static string Call(string target, string initializer) =>
        $"{target}({(initializer.Length == 0 ? "" : initializer + ", ")}options, cancellationToken)";

    private ValueCode? Result(ModelProcedure procedure, ModelStruct? ret)
    {
        if (ret is null || _emission.Overrides.Lists("ignoredResults", procedure.Name))
            return null;
        List<ModelField> fields = [.. ret.Fields.Where(f => !_results.IsCount(ret, f))];
        if (fields.Count == 1)
        {
            ValueCode value = _results.Field(ret, fields[0]);
            string field = $"reply.{_emission.TypeNames.Field(ret.Name, fields[0].Name)}";
            return value with { Convert = string.Format(CultureInfo.InvariantCulture, value.Convert, field) };
        }

        string name = _results.Record(ret);
        return _emission.Overrides.Find("nullWhenZero", ret.Name) is string flag
            ? new ValueCode(name + "?", $"reply.{_emission.TypeNames.Field(ret.Name, flag)} == 0 ? null : {name}.From(hypervisor, reply)")
            : new ValueCode(name, $"{name}.From(hypervisor, reply)");
    }

    private void Documentation(CodeWriter code, ModelProcedure procedure, ApiFunction function, MethodArguments arguments, ValueCode? result)
    {
        code.Summary(_emission.Summaries.Of(function.Name));
        string twice = arguments.AsksCount ? " Two calls on the wire: the count, then the values; the options apply to each." : "";
        code.Line($"/// <remarks>{_emission.Origin(procedure)} Procedure <c>{procedure.Name}</c>.{twice}</remarks>");
        foreach (MethodParameter parameter in arguments.Parameters)
            code.Line($"/// <param name=\"{parameter.Name.TrimStart('@')}\">{parameter.Documentation}</param>");
        code.Line("/// <param name=\"options\">The call's own limits; the connection's when null.</param>");
        code.Line("/// <param name=\"cancellationToken\">Gives up the waiting; the daemon may still carry the call out.</param>");
        if (result is not null && result.CSharp.EndsWith('?') && result.CSharp != "string?")
            code.Line("/// <returns>What there is; null when there is none.</returns>");
        code.Line("/// <exception cref=\"LibvirtException\">The call failed; its subclasses say how.</exception>");
    }
}
