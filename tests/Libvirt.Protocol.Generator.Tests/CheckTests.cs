using Libvirt.Protocol.Generator.Commands;
using Libvirt.Testing;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("generator");

    [Fact]
    public void The_checked_in_code_is_what_the_model_gives()
    {
        StringWriter output = new();
        int exitCode = CheckCommand.Run(new Repository(RepositoryRoot.Path), output);
        Assert.True(exitCode == 0, output.ToString());
    }

    [Fact]
    public void Code_that_was_changed_removed_or_left_behind_is_named()
    {
        Repository repository = CopyModel();
        GeneratedFiles.Create(repository).Write();
        Assert.Equal(0, CheckCommand.Run(repository, TextWriter.Null));
        const string changed = "src/Libvirt.Protocol/Remote/Generated/Messages/DomainGetInfo.cs";
        const string removed = "src/Libvirt.Actors/Objects/Generated/Secret.cs";
        const string leftBehind = "src/Libvirt.Protocol/Remote/Generated/Messages/DomainFly.cs";
        File.AppendAllText(Path.Combine(repository.Root, changed), "// touched\n");
        File.Delete(Path.Combine(repository.Root, removed));
        File.WriteAllText(Path.Combine(repository.Root, leftBehind), "");

        StringWriter output = new();
        Assert.Equal(1, CheckCommand.Run(repository, output));
        Assert.Contains($"{changed}: differs", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{removed}: missing", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{leftBehind}: not generated any more", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(3, GeneratedFiles.Create(repository).Write());
        Assert.Equal(0, CheckCommand.Run(repository, TextWriter.Null));
    }

    public void Dispose() => _copy.Delete(recursive: true);

    private Repository CopyModel()
    {
        Repository repository = new(_copy.FullName);
        Directory.CreateDirectory(repository.Model);
        Directory.CreateDirectory(Path.Combine(repository.Root, "src", "Libvirt.Protocol"));
        Directory.CreateDirectory(Path.Combine(repository.Root, "src", "Libvirt.Actors"));
        foreach (string file in Directory.EnumerateFiles(new Repository(RepositoryRoot.Path).Model, "*.json"))
            File.Copy(file, Path.Combine(repository.Model, Path.GetFileName(file)));
        return repository;
    }
}
