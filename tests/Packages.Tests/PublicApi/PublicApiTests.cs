using System.Reflection;
using Libvirt.Testing;
using Xunit;

namespace Packages.Tests.PublicApi;

/// <summary>What the libraries offer, against what is written down in api/. A wanted change is written down by running these tests with UPDATE_API=1.</summary>
public sealed class PublicApiTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_API") == "1";

    public static TheoryData<string> Libraries => ["Actors", "Actors.TestKit", "Libvirt.Actors", "Libvirt.Hosting", "Libvirt.Protocol", "Libvirt.Simulator", "Libvirt.TestKit"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_offers_what_is_written_down(string library)
    {
        string file = Recorded(library);
        string offered = ApiPrinter.Print(Assembly.Load(library));
        if (Update)
            File.WriteAllText(file, offered);

        string[] before = File.ReadAllLines(file);
        string[] now = offered.TrimEnd('\n').Split('\n');

        string[] difference = [.. before.Except(now).Select(line => $"- {line.Trim()}"), .. now.Except(before).Select(line => $"+ {line.Trim()}")];
        Assert.True(
            before.SequenceEqual(now),
            $"The public API of {library} is not what {Path.GetRelativePath(RepositoryRoot.Path, file)} says. If that is wanted, run these tests with UPDATE_API=1 "
            + $"and commit the file.\n{string.Join('\n', difference.Take(50))}");
    }

    [Fact]
    public void Nothing_else_is_written_down() =>
        Assert.Equal(Libraries.Select(row => row.Data).Order(), Directory.GetFiles(RepositoryRoot.Combine("tests", "Packages.Tests", "api")).Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    private static string Recorded(string library) => RepositoryRoot.Combine("tests", "Packages.Tests", "api", $"{library}.txt");
}
