using System.Text.Json.Nodes;
using Libvirt.Cli.Output;
using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>The rows of <c>call --list</c>.</summary>
internal static class ProcedureRows
{
    /// <summary>What people read above the columns.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["Procedure", "Since", "Arguments", "Result"];

    /// <summary>The row of one procedure.</summary>
    public static IReadOnlyList<Field> Of(ProcedureSchema procedure)
    {
        string name = procedure.Program.Name == "remote" ? procedure.ShortName : $"{procedure.Program.Name}_{procedure.ShortName}";
        return
        [
            new Field("name", "Procedure", name, procedure.Name),
            new Field("since", "Since", procedure.Since ?? "-", procedure.Since),
            Fields("args", procedure.Arguments),
            procedure.IsEvent ? Fields("msg", procedure.Message) : Fields("ret", procedure.Result),
            Field.Of("program", "Program", procedure.Program.Name),
            Field.Of("number", "Number", procedure.Number),
            new Field("function", "Function", procedure.Function ?? "-", procedure.Function),
            Field.Of("callable", "Callable", ProcedureCatalog.Obstacle(procedure) is null),
        ];
    }

    private static Field Fields(string name, StructSchema? type)
    {
        IReadOnlyList<FieldSchema> fields = type?.Fields ?? [];
        return new Field(
            name,
            name,
            fields.Count == 0 ? "-" : string.Join(", ", fields.Select(f => f.Name)),
            new JsonArray([.. fields.Select(f => new JsonObject { ["name"] = f.Name, ["type"] = f.Type.Name })]));
    }
}
