using System.Text.Json;
using Libvirt.Testing;
using Packages.Tests.Feed;

namespace Packages.Tests.NewWorker;

/// <summary>
/// The home of somebody who has never built anything: no caches, no settings. Instead of a public feed there is a folder with the packages of others
/// that a worker needs, copied from where the build of these tests has restored them; so nothing leaves this machine.
/// </summary>
internal sealed class NewHome : IDisposable
{
    public NewHome(PackedFeed feed)
    {
        string others = Directory.CreateDirectory(Path.Combine(Folder, "others")).FullName;
        foreach (string package in RestoredPackages())
            File.Copy(package, Path.Combine(others, Path.GetFileName(package)));
        string settings = Directory.CreateDirectory(Path.Combine(Folder, ".nuget", "NuGet")).FullName;
        File.WriteAllText(
            Path.Combine(settings, "NuGet.Config"),
            $"""<configuration><packageSources><clear /><add key="others" value="{others}" /></packageSources></configuration>""");
        File.CreateSymbolicLink(Path.Combine(Folder, "packages"), feed.Folder);
        Environment = new Dictionary<string, string?>(DotNet.Quiet) { ["HOME"] = Folder, ["DOTNET_CLI_HOME"] = Folder };
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("home").FullName;

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static IEnumerable<string> RestoredPackages()
    {
        string assets = RepositoryRoot.Combine("tests", "Packages.Tests", "obj", "project.assets.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
        string[] folders = [.. document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        foreach (JsonProperty library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package" || library.Name.StartsWith("xunit", StringComparison.Ordinal))
                continue;
            string path = library.Value.GetProperty("path").GetString()!;
            yield return folders.Select(folder => Path.Combine(folder, path, $"{path.Replace('/', '.')}.nupkg")).First(File.Exists);
        }
    }
}
