using Libvirt.Testing;

namespace Samples.Tests;

/// <summary>The samples as programs.</summary>
internal static class RunningSample
{
    /// <summary>The executable of a sample, as the build of these tests has made it.</summary>
    public static string Executable(string name) => RepositoryRoot.Combine(
        "samples", name, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", name);

    public static RunningProgram Start(string name, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunningProgram.Start(Executable(name), arguments, environment);
}
