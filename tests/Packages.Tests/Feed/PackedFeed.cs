using Libvirt.Testing;
using Xunit;

namespace Packages.Tests.Feed;

/// <summary>The packages of what is built here, as <c>dotnet pack</c> makes them, in a folder that is a feed.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>The configuration these tests, and so the libraries, were built in.</summary>
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private readonly string _scratch = Directory.CreateTempSubdirectory("packing").FullName;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("packages").FullName;

    internal IReadOnlyList<Package> Packages { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        foreach (string project in Directory.GetFiles(RepositoryRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string[] arguments =
            [
                "pack", project, "--no-build", "-c", Configuration, "-nologo", "-v", "quiet", $"-p:PackageOutputPath={Folder}",
                // What packing leaves beside its results goes away with them.
                $"-p:NuspecOutputPath={_scratch}/", $"-p:PublishDir={_scratch}/{Path.GetFileNameWithoutExtension(project)}/",
            ];
            (await Command.RunAsync("dotnet", arguments, environment: DotNet.Quiet, limit: DotNet.Limit)).EnsureSuccess();
        }

        Packages = [.. Directory.GetFiles(Folder, "*.nupkg").Select(Package.Read).OrderBy(package => package.Id, StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(_scratch, recursive: true);
        return default;
    }
}
