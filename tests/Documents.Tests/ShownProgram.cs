using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Documents.Tests;

/// <summary>
/// A program that a page shows: the files it names together, or a block that begins with its usings, or a piece that stands among variables every
/// reader knows by then.
/// </summary>
internal sealed record ShownProgram(string Place, IReadOnlyList<string> Files)
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(assembly => MetadataReference.CreateFromFile(assembly))];

    // As in each project of the SDK: a package may be built against an earlier version of another one.
    private static readonly string[] NotOfAProject = ["CS1701", "CS1702"];

    // CS0219, CS0168: a piece need not use what it makes. CS8321: nor call what it shows. CS1998: nor await.
    private static readonly Dictionary<string, ReportDiagnostic> NotOfAPiece = Suppressed([.. NotOfAProject, "CS0219", "CS0168", "CS8321", "CS1998"]);

    public static IEnumerable<ShownProgram> Of(Page page)
    {
        Page.Block[] blocks = [.. page.Blocks("csharp")];
        foreach (Page.Block block in blocks.Where(block => block.File.Length == 0))
            yield return new ShownProgram(block.Place, IsWhole(block.Code) ? [Prelude.ImplicitUsings, block.Code] : [Prelude.PieceUsings, Prelude.Around(block.Code)]);
        Page.Block[] named = [.. blocks.Where(block => block.File.Length > 0)];
        if (named.Length > 0)
            yield return new ShownProgram(named[0].Place, [Prelude.WorkerUsings, .. named.Select(block => block.Code)]);
    }

    /// <summary>Compiles it against what these tests were built against, and gives what is wrong with it.</summary>
    public IEnumerable<string> Compile() => CSharpCompilation
        .Create(
            "Shown",
            Files.Select(file => CSharpSyntaxTree.ParseText(file, Options)),
            References,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: Files[0] == Prelude.PieceUsings ? NotOfAPiece : Suppressed(NotOfAProject)))
        .GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        .Select(diagnostic => $"{Place}: {diagnostic.Id} {diagnostic.GetMessage(null)}: {Line(diagnostic.Location)}");

    private static Dictionary<string, ReportDiagnostic> Suppressed(string[] ids) => ids.ToDictionary(id => id, _ => ReportDiagnostic.Suppress);

    private static bool IsWhole(string code) => CSharpSyntaxTree.ParseText(code, Options).GetCompilationUnitRoot() is { Usings: { Count: > 0 } usings }
        && usings.All(one => one is UsingDirectiveSyntax);

    private static string Line(Location location) => location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
}
