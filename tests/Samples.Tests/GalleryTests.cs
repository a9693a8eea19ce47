using Libvirt.Testing;
using Xunit;

namespace Samples.Tests;

/// <summary>The gallery itself.</summary>
public sealed class GalleryTests
{
    private static readonly string[] Samples =
        [.. Directory.GetFiles(RepositoryRoot.Combine("samples"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Fact]
    public void Every_sample_is_listed_and_nothing_else()
    {
        string[] listed = [.. File.ReadLines(RepositoryRoot.Combine("samples", "README.md"))
            .Where(line => line.StartsWith("| [", StringComparison.Ordinal)).Select(line => line[3..line.IndexOf(']', StringComparison.Ordinal)]).Order()];

        Assert.Equal(Samples, listed);
    }

    [Fact]
    public void Every_sample_has_its_page_and_is_run_by_a_test()
    {
        string tests = string.Concat(Directory.GetFiles(RepositoryRoot.Combine("tests", "Samples.Tests"), "*SampleTests.cs").Select(File.ReadAllText));

        Assert.All(Samples, sample => Assert.True(File.Exists(RepositoryRoot.Combine("samples", sample, "README.md")), $"{sample} has no README.md"));
        Assert.All(Samples, sample => Assert.Contains($"\"{sample}\"", tests, StringComparison.Ordinal));
    }
}
