using Libvirt.Testing;
using Packages.Tests.Feed;
using Xunit;

namespace Packages.Tests;

/// <summary>What <c>dotnet pack</c> makes of this repository.</summary>
[Collection(nameof(PackedFeed))]
public sealed class PackageTests(PackedFeed feed)
{
    private const string Tool = "Libvirt.Actors.Cli";

    // The package, its assembly, and the packages of ours that it stands on.
    private static readonly Dictionary<string, (string Assembly, string[] On)> Expected = new()
    {
        ["Libvirt.Actors"] = ("Libvirt.Actors", ["Libvirt.Protocol"]),
        ["Libvirt.Hosting"] = ("Libvirt.Hosting", ["Libvirt.Actors"]),
        ["Libvirt.Protocol"] = ("Libvirt.Protocol", []),
        ["Libvirt.Simulator"] = ("Libvirt.Simulator", ["Libvirt.Protocol"]),
        ["Libvirt.TestKit"] = ("Libvirt.TestKit", ["Libvirt.Actors", "Libvirt.Simulator"]),
    };

    private IEnumerable<Package> Libraries => feed.Packages.Where(package => package.Id != Tool);

    [Fact]
    public void Every_library_and_the_tool_are_packed_and_nothing_else() =>
        Assert.Equal(Expected.Keys.Append(Tool).Order(StringComparer.Ordinal), feed.Packages.Select(package => package.Id));

    [Fact]
    public void A_package_of_a_library_holds_the_assembly_with_its_documentation_and_no_other()
    {
        Assert.All(Libraries, package =>
        {
            string assembly = Expected[package.Id].Assembly;
            Assert.Equal(
                [$"lib/net10.0/{assembly}.dll", $"lib/net10.0/{assembly}.xml"],
                package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Contains("<summary>", package.TextOf($"lib/net10.0/{assembly}.xml"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_package_says_who_made_it_what_it_is_and_under_which_licence()
    {
        Assert.All(feed.Packages, package =>
        {
            Assert.Equal("Apache-2.0", package.Said("license"));
            Assert.Equal("Libvirt.Actors contributors", package.Said("authors"));
            Assert.NotEmpty(package.Said("tags"));
            Assert.True(package.Said("description").Length > 40, $"{package.Id} describes itself as: {package.Said("description")}");
            Assert.Equal("README.md", package.Said("readme"));
            Assert.StartsWith("# ", package.TextOf("README.md"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_packages_page_links_to_nothing_that_is_not_in_the_package() =>
        Assert.All(feed.Packages, package => Assert.DoesNotMatch(@"\]\((?!https://)", package.TextOf("README.md")));

    [Fact]
    public void The_page_that_exceptions_point_to_comes_with_each_package() =>
        Assert.All(feed.Packages, package =>
        {
            string page = package.TextOf("docs/troubleshooting.md");
            Assert.Contains("<a id=\"timeout\"></a>", page, StringComparison.Ordinal);
            string[] pages = [.. page.Split("](").Skip(1).Select(static rest => rest.Split(')')[0].Split('#')[0]).Where(static name => name.Length > 0)];
            Assert.Contains("uris.md", pages);
            Assert.All(pages, name => Assert.Contains($"docs/{name}", package.Files));
        });

    [Fact]
    public void Symbols_are_packed_beside_each_library()
    {
        Assert.All(Libraries, package =>
        {
            Package symbols = Package.Read(Path.Combine(feed.Folder, $"{package.Id}.{package.Version}.snupkg"));
            Assert.Contains($"lib/net10.0/{Expected[package.Id].Assembly}.pdb", symbols.Files);
        });
    }

    [Fact]
    public void A_library_asks_for_its_own_kind_at_its_own_version_and_for_what_its_project_names()
    {
        Assert.All(Libraries, package =>
        {
            string[] ours = [.. package.Dependencies.Where(one => one.StartsWith("Libvirt.", StringComparison.Ordinal))];
            Assert.Equal(Expected[package.Id].On.Select(id => $"{id} {package.Version}"), ours);
            string project = File.ReadAllText(RepositoryRoot.Combine("src", Expected[package.Id].Assembly, $"{Expected[package.Id].Assembly}.csproj"));
            Assert.Equal(
                project.Split("<PackageReference Include=\"").Skip(1).Select(rest => rest.Split('"')[0]).Order(StringComparer.Ordinal),
                package.Dependencies.Except(ours).Select(one => one.Split(' ')[0]));
        });
    }

    [Fact]
    public void The_read_me_names_every_package()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("README.md"));

        Assert.All(feed.Packages, package => Assert.Contains($"`{package.Id}`", page, StringComparison.Ordinal));
    }
}
