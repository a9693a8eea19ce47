using System.Reflection;
using Libvirt.Testing;
using PublicApiGenerator;
using Xunit;

namespace Packages.Tests;

/// <summary>Compares the public API of each library with the file in api/. Run these tests with UPDATE_API=1 to record an intended change.</summary>
public sealed class PublicApiTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_API") == "1";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        TreatRecordsAsClasses = false,
        // Extension methods for .NET hosts are in the namespaces of Microsoft.Extensions, which are left out by default.
        DenyNamespacePrefixes = [],
        // These describe how a method is implemented.
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
            "System.Runtime.CompilerServices.AsyncMethodBuilderAttribute",
            "System.Runtime.CompilerServices.EnumeratorCancellationAttribute",
        ],
    };

    public static TheoryData<string> Libraries => ["Libvirt.Actors", "Libvirt.Hosting", "Libvirt.Protocol", "Libvirt.Simulator", "Libvirt.TestKit"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_API_of_a_library_is_the_recorded_one(string library)
    {
        string file = Recorded(library);
        string current = Assembly.Load(library).GeneratePublicApi(Options) + "\n";
        if (Update)
            File.WriteAllText(file, current);

        string[] before = File.ReadAllLines(file);
        string[] now = current.TrimEnd('\n').Split('\n');

        string[] difference = [.. before.Except(now).Select(line => $"- {line.Trim()}"), .. now.Except(before).Select(line => $"+ {line.Trim()}")];
        Assert.True(
            before.SequenceEqual(now),
            $"The public API of {library} differs from {Path.GetRelativePath(RepositoryRoot.Path, file)}. If the change is intended, run these tests with UPDATE_API=1 "
            + $"and commit the file.\n{string.Join('\n', difference.Take(50))}");
    }

    [Fact]
    public void Every_recorded_API_belongs_to_a_library() =>
        Assert.Equal(Libraries.Select(row => row.Data).Order(), Directory.GetFiles(RepositoryRoot.Combine("tests", "Packages.Tests", "api")).Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    private static string Recorded(string library) => RepositoryRoot.Combine("tests", "Packages.Tests", "api", $"{library}.txt");
}
