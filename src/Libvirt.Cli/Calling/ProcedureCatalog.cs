using System.IO.Enumeration;
using Libvirt.Cli.Failures;
using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>Finds procedures by their names.</summary>
internal static class ProcedureCatalog
{
    private const string Keepalive = "keepalive";
    private const string Admin = "admin";

    /// <summary>Whether it belongs to the daemon's own administration, which listens on a socket of its own.</summary>
    public static bool IsAdmin(ProcedureSchema procedure) => procedure.Program.Name == Admin;

    /// <summary>The procedure of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static ProcedureSchema Find(string name) =>
        ProtocolSchema.Default.TryFind(name, out ProcedureSchema? procedure)
            ? procedure
            : throw new UsageException(
                $"libvirt {ProtocolSchema.Default.Release} has no procedure '{name}'; 'virtactl call --list WORD' finds those with a word in their names");

    /// <summary>The procedures that match, in the order of programs and numbers.</summary>
    /// <param name="pattern">A part of a name, or a name with '*' and '?'; null for all.</param>
    public static IReadOnlyList<ProcedureSchema> Matching(string? pattern)
    {
        IEnumerable<ProcedureSchema> all = ProtocolSchema.Default.Programs.SelectMany(program => program.Procedures);
        if (pattern is null)
            return [.. all];
        string expression = pattern.AsSpan().IndexOfAny('*', '?') < 0 ? $"*{pattern}*" : pattern;
        return [.. all.Where(p => Matches(p.ShortName) || Matches(p.Name) || (p.Function is { } function && Matches(function)))];

        bool Matches(string name) => FileSystemName.MatchesSimpleExpression(expression, name);
    }

    /// <summary>Why <c>call</c> cannot call it; null when it can.</summary>
    public static string? Obstacle(ProcedureSchema procedure) => procedure switch
    {
        { IsEvent: true } => "it is an event: the daemon sends it, nobody calls it",
        { Program.Name: Keepalive } => "the connection keeps itself alive",
        _ => null,
    };
}
