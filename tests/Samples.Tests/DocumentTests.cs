using Libvirt.Testing;
using Xunit;

namespace Samples.Tests;

/// <summary>The programs that README and docs show.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_program_that_a_page_shows_compiles_without_a_warning()
    {
        DocumentedProgram[] programs =
        [
            .. DocumentedProgram.Of("README.md"),
            .. Directory.GetFiles(RepositoryRoot.Combine("docs"), "*.md").SelectMany(page => DocumentedProgram.Of("docs", Path.GetFileName(page))),
        ];

        Assert.Contains(programs, program => program.Page == "README.md");
        Assert.Contains(programs, program => program.Page == "docs/hosting.md");
        Assert.Empty(programs.SelectMany(program => program.Compile()));
    }
}
