using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Architecture.Tests;

public sealed partial class SolutionTests
{
    [Fact]
    public void The_solution_holds_every_project()
    {
        HashSet<string> listed = [.. SolutionEntry().Matches(Repository.Read("Actors.sln")).Select(match => match.Groups[1].Value.Replace('\\', '/'))];

        string[] missing = [.. Repository.Projects.Select(project => project.File).Where(file => !listed.Contains(file))];
        string[] gone = [.. listed.Where(file => !File.Exists(Path.Combine(Repository.Root, file)))];

        Assert.True(missing.Length == 0, $"Not in Actors.sln: {string.Join(", ", missing)}. Run: dotnet sln Actors.sln add <project>");
        Assert.True(gone.Length == 0, $"In Actors.sln but not on disk: {string.Join(", ", gone)}. Run: dotnet sln Actors.sln remove <project>");
    }

    [Fact]
    public void Package_versions_stand_in_one_place()
    {
        string[] own =
        [
            .. from project in Repository.Projects
               from package in XDocument.Load(Path.Combine(Repository.Root, project.File)).Descendants("PackageReference")
               where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.Elements().Any(element => element.Name.LocalName.StartsWith("Version", StringComparison.Ordinal))
               select $"{project.Name}: {(string?)package.Attribute("Include")}",
        ];

        Assert.True(own.Length == 0, $"A version of their own have: {string.Join("; ", own)}. Versions belong into Directory.Packages.props.");
    }

    [Fact]
    public void Package_versions_are_exact()
    {
        string[] loose =
        [
            .. XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
                .Where(package => !ExactVersion().IsMatch((string?)package.Attribute("Version") ?? ""))
                .Select(package => (string?)package.Attribute("Include") ?? ""),
        ];

        Assert.True(loose.Length == 0, $"Two builds may get different code for: {string.Join(", ", loose)}. Write one version, without * or a range.");
    }

    [Fact]
    public void Every_project_of_src_has_its_tests()
    {
        HashSet<string> tests = [.. Repository.Projects.Where(project => project.TopFolder == "tests").Select(project => project.Name)];

        string[] untested = [.. Repository.Projects.Where(project => project.TopFolder == "src" && !tests.Contains($"{project.Name}.Tests")).Select(project => project.Name)];

        Assert.True(untested.Length == 0, $"Without a project of tests: {string.Join(", ", untested)}. Add tests/<name>.Tests.");
    }

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex SolutionEntry();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex ExactVersion();
}
