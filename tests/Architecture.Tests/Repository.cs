namespace Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: the configuration these tests were built in.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Load)];

    /// <summary>Paths of all files of the checkout, relative to its root, with forward slashes.</summary>
    public static IEnumerable<string> Files() => Walk(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Whether the file is written by the generator or recorded, and nobody's prose or code.</summary>
    public static bool IsMadeByMachine(string file) =>
        file.Contains("/Generated/", StringComparison.Ordinal) || file.EndsWith(".jsonl", StringComparison.Ordinal);

    private static IEnumerable<string> Walk(string directory) =>
        Directory.EnumerateFiles(directory).Concat(
            Directory.EnumerateDirectories(directory).Where(below => !Ignored.Contains(Path.GetFileName(below))).SelectMany(Walk));

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Actors.sln")))
                return directory.FullName;
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below a directory with Actors.sln");
    }
}
