using Libvirt.Protocol.Generator.Commands;
using Libvirt.Protocol.Generator.Model;
using Libvirt.Testing;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class CoverageTests
{
    private static readonly Repository Repository = new(RepositoryRoot.Path);

    [Fact]
    public void Each_procedure_is_an_event_or_a_method_or_listed_as_wire_only()
    {
        Coverage coverage = GeneratedFiles.Create(Repository).Coverage;
        Assert.Equal(486, coverage.Procedures);
        Assert.Equal(coverage.Procedures, coverage.Events + coverage.Generated + coverage.ByHand + coverage.OnWireOnly);
        Assert.True(coverage.Generated >= 350, coverage.ToString());
    }

    [Fact]
    public void Each_procedure_that_is_wire_only_has_a_reason() =>
        Assert.All(WireOnly.Load(Repository.Model).Procedures.Concat(WireOnly.Load(Repository.Model).Programs), p => Assert.True(p.Value.Length > 10, p.Key));

    [Fact]
    public void Each_procedure_that_is_written_by_hand_has_its_method()
    {
        string objects = Path.Combine(Repository.Root, "src", "Libvirt.Actors", "Objects");
        string[] sources = [.. Directory.EnumerateFiles(objects, "*.cs").Select(File.ReadAllText)];
        Assert.All(WireOnly.Load(Repository.Model).ByHand, name => Assert.Contains(sources, s => s.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_function_of_a_procedure_has_a_sentence_of_our_own()
    {
        Summaries summaries = Summaries.Load(Repository.Model);
        Assert.All(ModelStore.Load(Repository.Model).Functions, f => Assert.DoesNotContain(f.Name, summaries.Of(f.Name), StringComparison.Ordinal));
    }

    [Fact]
    public void Generating_twice_gives_the_same_text() =>
        Assert.Equal(GeneratedFiles.Create(Repository).Wanted, GeneratedFiles.Create(Repository).Wanted);
}
