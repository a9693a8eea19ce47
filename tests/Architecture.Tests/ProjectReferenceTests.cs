using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Architecture.Tests;

public sealed class ProjectReferenceTests
{
    private const string HowToAdd = "If the new reference is right, add it to ProjectRules.cs and docs/architecture.md; otherwise invert the dependency.";

    private static IEnumerable<ProjectFile> Sources => Repository.Projects.Where(project => project.TopFolder == "src");

    [Fact]
    public void Every_project_under_src_has_a_rule()
    {
        string[] unknown = [.. Sources.Select(project => project.Name).Where(name => !ProjectRules.Allowed.ContainsKey(name))];

        Assert.True(unknown.Length == 0, $"Not in ProjectRules.cs: {string.Join(", ", unknown)}. Add what each may reference there, and describe it in docs/architecture.md.");
    }

    [Fact]
    public void Project_references_are_allowed()
    {
        string[] closed =
        [
            .. from project in Sources
               where ProjectRules.Allowed.ContainsKey(project.Name)
               from reference in project.References.Select(reference => Path.GetFileNameWithoutExtension(reference))
               where !ProjectRules.Allowed[project.Name].Projects.Contains(reference)
               select $"{project.Name} -> {reference}",
        ];

        Assert.True(closed.Length == 0, $"These references are not allowed: {string.Join("; ", closed)}. {HowToAdd}");
    }

    [Fact]
    public void Package_references_of_the_libraries_are_allowed()
    {
        string[] foreign =
        [
            .. from project in Sources
               where ProjectRules.Allowed.TryGetValue(project.Name, out ProjectRule? rule) && rule.Packages is not null
               from package in project.Packages
               where !ProjectRules.Allowed[project.Name].Packages!.Contains(package)
               select $"{project.Name} -> {package}",
        ];

        Assert.True(foreign.Length == 0, $"Programs that use the runtime get these packages too: {string.Join("; ", foreign)}. {HowToAdd}");
    }

    [Fact]
    public void Built_assemblies_reference_only_allowed_projects()
    {
        Dictionary<string, string> ours = Sources.ToDictionary(project => project.AssemblyName, project => project.Name);
        List<string> closed = [];
        foreach (ProjectFile project in Sources.Where(project => ProjectRules.Allowed.ContainsKey(project.Name)))
        {
            IReadOnlySet<string> reachable = ProjectRules.Reachable(project.Name);
            IEnumerable<string> known = AssemblyReferences(project).Where(ours.ContainsKey).Select(assembly => ours[assembly]);
            closed.AddRange(known.Where(name => !reachable.Contains(name)).Select(name => $"{project.Name} -> {name}"));
        }

        Assert.True(closed.Count == 0, $"These assemblies reference projects that they must not: {string.Join("; ", closed)}. {HowToAdd}");
    }

    [Fact]
    public void The_protocol_knows_only_the_base_class_library()
    {
        ProjectFile protocol = Sources.Single(project => project.Name == "Libvirt.Protocol");

        string[] foreign = [.. AssemblyReferences(protocol).Where(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))];

        Assert.True(foreign.Length == 0, $"Libvirt.Protocol must stay usable without anything else, but knows: {string.Join(", ", foreign)}.");
    }

    [Fact]
    public void Of_native_libraries_only_the_c_library_is_called()
    {
        string[] foreign =
        [
            .. from project in Sources
               from library in Read(project, NativeLibraries)
               where library != "libc"
               select $"{project.Name} -> {library}",
        ];

        Assert.True(foreign.Length == 0, $"Programs on this project need no native library: {string.Join("; ", foreign)}.");
        Assert.Contains("libc", Read(Sources.Single(project => project.Name == "Libvirt.Actors"), NativeLibraries));
    }

    [Fact]
    public void Only_its_tests_reference_the_generator()
    {
        string[] users =
        [
            .. Repository.Projects
                .Where(project => project.References.Any(reference => reference.EndsWith("/Libvirt.Protocol.Generator.csproj", StringComparison.Ordinal)))
                .Select(project => project.Name)
                .Where(name => name != "Libvirt.Protocol.Generator.Tests"),
        ];

        Assert.True(users.Length == 0, $"The generator is a tool and is not shipped, but these reference it: {string.Join(", ", users)}. Use what it has written.");
    }

    [Fact]
    public void What_is_shipped_never_references_tests_or_samples()
    {
        string[] backwards =
        [
            .. Sources.SelectMany(project => project.References
                .Where(reference => !reference.StartsWith("src/", StringComparison.Ordinal))
                .Select(reference => $"{project.Name} -> {reference}")),
        ];

        Assert.True(backwards.Length == 0, $"src references what is not src: {string.Join("; ", backwards)}. Move what is shared into src.");
    }

    private static IReadOnlyList<string> AssemblyReferences(ProjectFile project) => Read(
        project,
        static metadata => metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));

    private static IEnumerable<string> NativeLibraries(MetadataReader metadata) => Enumerable.Range(1, metadata.GetTableRowCount(TableIndex.ModuleRef))
        .Select(row => metadata.GetString(metadata.GetModuleReference(MetadataTokens.ModuleReferenceHandle(row)).Name));

    private static string[] Read(ProjectFile project, Func<MetadataReader, IEnumerable<string>> what)
    {
        string path = Path.Combine(Repository.Root, Path.GetDirectoryName(project.File)!, "bin", Repository.Configuration, "net10.0", $"{project.AssemblyName}.dll");
        Assert.True(File.Exists(path), $"{path} is not built; build Actors.sln in {Repository.Configuration} first.");
        using PEReader file = new(File.OpenRead(path));
        return [.. what(file.GetMetadataReader())];
    }
}
