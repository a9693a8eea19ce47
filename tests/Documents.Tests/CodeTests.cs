using System.Text.Json;
using Libvirt.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Documents.Tests;

/// <summary>The code that pages show.</summary>
public sealed class CodeTests
{
    // As configuration files are read.
    private static readonly JsonDocumentOptions Forgiving = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static TheoryData<string> Pages => Page.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_program_that_a_page_shows_compiles_without_a_warning(string page)
    {
        string[] wrong = [.. ShownProgram.Of(Page.Of(page)).SelectMany(program => program.Compile())];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_configuration_that_a_page_shows_is_one_that_a_host_starts_with(string page)
    {
        foreach (Page.Block block in Page.Of(page).Blocks("hocon"))
        {
            IConfigurationRoot configuration = new ConfigurationBuilder().AddHoconString(block.Code, block.Place).Build();
            ServiceCollection services = new();
            services.AddSingleton<IConfiguration>(configuration).AddLibvirt();
            await using ServiceProvider provider = services.BuildServiceProvider();

            // Reads and judges all settings; nothing connects to anything before the host starts.
            Assert.NotNull(provider.GetRequiredService<IHypervisors>());
        }

        Assert.All(Page.Of(page).Blocks("json"), block => JsonDocument.Parse(block.Code, Forgiving).Dispose());
    }

    [Fact]
    public void Pages_that_teach_show_programs()
    {
        string[] teaching = ["README.md", "docs/hosting.md", "docs/telemetry.md", "docs/simulator.md", "src/Libvirt.Actors/README.md"];

        Assert.All(teaching, page => Assert.NotEmpty(ShownProgram.Of(Page.Of(page))));
    }

    [Theory]
    [InlineData("hypervisor.ListAllDomainAsync();")]
    [InlineData("using Libvirt;\n\nHypervisor hypervisor = await Hypervisor.ConnectAsync(7);")]
    [InlineData("[Fact]\npublic void Something() => Assert.Equals(1, 2);")]
    [InlineData("string text = null;\ntext.ToString();")]
    public void A_program_that_does_not_compile_is_found(string code) =>
        Assert.NotEmpty(ShownProgram.Of(new Page("made up", $"```csharp\n{code}\n```\n")).SelectMany(program => program.Compile()));
}
