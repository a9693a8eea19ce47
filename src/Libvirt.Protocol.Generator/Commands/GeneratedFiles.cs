using Libvirt.Protocol.Generator.Emit;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Commands;

/// <summary>The generated files as they should be, held against those in the checkout.</summary>
internal sealed class GeneratedFiles
{
    /// <summary>The projects whose <c>Generated</c> folders belong to the generator alone.</summary>
    private static readonly string[] Projects = ["src/Libvirt.Protocol", "src/Libvirt.Actors"];

    private readonly Repository _repository;

    private GeneratedFiles(Repository repository, IReadOnlyDictionary<string, string> wanted, Coverage coverage)
    {
        _repository = repository;
        Wanted = wanted;
        Coverage = coverage;
    }

    /// <summary>The texts by path, relative to the checkout.</summary>
    public IReadOnlyDictionary<string, string> Wanted { get; }

    /// <summary>How much of the protocol the object model covers.</summary>
    public Coverage Coverage { get; }

    /// <summary>Generates everything from the checkout's model, in memory.</summary>
    public static GeneratedFiles Create(Repository repository)
    {
        Emission emission = new(ModelStore.Load(repository.Model), Overrides.Load(repository.Model), Summaries.Load(repository.Model));
        ProtocolEmitter.Emit(emission);
        WireOnly wireOnly = WireOnly.Load(repository.Model);
        int methods = ActorsEmitter.Emit(emission, wireOnly);
        return new GeneratedFiles(repository, emission.Files, new Coverage(emission.Model, wireOnly, methods));
    }

    /// <summary>The files that are missing, differ or should not be there, with a word for each.</summary>
    public IReadOnlyList<(string Path, string State)> Drift()
    {
        HashSet<string> present = [.. Present()];
        List<(string, string)> drift = [];
        foreach ((string path, string text) in Wanted)
        {
            if (!present.Remove(path))
                drift.Add((path, "missing"));
            else if (File.ReadAllText(Full(path)) != text)
                drift.Add((path, "differs"));
        }

        drift.AddRange(present.Order(StringComparer.Ordinal).Select(p => (p, "not generated any more")));
        return drift;
    }

    /// <summary>Writes what differs and deletes what should not be there.</summary>
    /// <returns>How many files were touched.</returns>
    public int Write()
    {
        IReadOnlyList<(string Path, string State)> drift = Drift();
        foreach ((string path, _) in drift)
        {
            if (Wanted.TryGetValue(path, out string? text))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
                File.WriteAllText(Full(path), text);
            }
            else
            {
                File.Delete(Full(path));
            }
        }

        return drift.Count;
    }

    private IEnumerable<string> Present()
    {
        foreach (string project in Projects)
        {
            string[] folders = [.. Directory.EnumerateDirectories(Full(project), "Generated", SearchOption.AllDirectories)];
            foreach (string folder in folders.Where(f => !IsBuildOutput(Path.GetRelativePath(_repository.Root, f))))
            {
                foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
                    yield return Path.GetRelativePath(_repository.Root, file).Replace('\\', '/');
            }
        }
    }

    private static bool IsBuildOutput(string path) => path.Split('/', '\\').Any(p => p is "obj" or "bin");

    private string Full(string path) => Path.Combine(_repository.Root, path);
}
