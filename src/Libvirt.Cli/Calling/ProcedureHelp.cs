using Libvirt.Protocol;
using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>Describes one procedure for <c>call PROCEDURE --help</c>.</summary>
internal static class ProcedureHelp
{
    public static void Write(ProcedureSchema procedure, TextWriter output)
    {
        output.WriteLine($"{procedure.Name}: procedure {procedure.Number} of the {procedure.Program} program");
        if (procedure.Since is { } since)
            output.WriteLine($"Since libvirt {since}.");
        if (procedure.Function is { } function)
            output.WriteLine($"Serves {function}: {procedure.Documentation}");
        if (ProcedureCatalog.Obstacle(procedure) is { } obstacle)
            output.WriteLine($"It cannot be called here: {obstacle}.");
        if (procedure.IsEvent)
        {
            Section("Message", procedure.Message);
            return;
        }

        Section("Arguments", procedure.Arguments);
        Section("Result", procedure.Result);
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  virtactl call {procedure.ShortName}{(procedure.Arguments is null ? "" : $" '{Template.Of(procedure.Arguments)}'")}{Traffic(procedure.Traits)}");

        static string Traffic(ProcedureTraits traits) =>
            (traits.HasFlag(ProcedureTraits.SendsDescriptors) ? " --file FILE" : "")
            + (traits.HasFlag(ProcedureTraits.WriteStream) ? " --stream-in FILE" : "")
            + (traits.HasFlag(ProcedureTraits.ReadStream) ? " --stream-out FILE" : "");

        void Section(string title, StructSchema? type)
        {
            output.WriteLine();
            output.WriteLine($"{title}:");
            foreach (string line in FieldLines.Of(type))
                output.WriteLine(line.TrimEnd());
        }
    }
}
