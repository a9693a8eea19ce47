using System.Text.RegularExpressions;
using Libvirt.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Samples.Tests;

/// <summary>A program that stands in a page: a block of C# that begins with its usings.</summary>
internal sealed partial record DocumentedProgram(string Page, string Code)
{
    // What a new project has without saying so.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static IEnumerable<DocumentedProgram> Of(params string[] page) => Block()
        .Matches(File.ReadAllText(RepositoryRoot.Combine(page)))
        .Select(match => new DocumentedProgram(string.Join('/', page), match.Groups[1].Value))
        .Where(program => program.Code.StartsWith("using ", StringComparison.Ordinal));

    /// <summary>Compiles it against what these tests were built against, and gives what is wrong with it.</summary>
    public IEnumerable<string> Compile()
    {
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Documented",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(Code)],
            assemblies.Select(assembly => MetadataReference.CreateFromFile(assembly)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => $"{Page}: {diagnostic}");
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
