using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Architecture.Tests;

/// <summary>The actor API must stay something that another engine can implement: nobody but those who put a program together may know which one runs.</summary>
public sealed partial class SeamTests
{
    // Where a program, a host or a test is put together.
    private static readonly string[] Roots =
    [
        "src/Actors.TestKit/ActorTestKit.cs",
        "src/Libvirt.Actors/Hypervisor/LibvirtRuntime.cs",
        "src/Libvirt.Cli/Connecting/AdminSession.cs",
        "src/Libvirt.Cli/Connecting/Session.cs",
        "src/Libvirt.Hosting/LibvirtServiceCollectionExtensions.cs",
        "src/Libvirt.Hosting/Settings/ActorSystemSettings.cs",
        "src/Libvirt.Hosting/Settings/LibvirtPlan.cs",
        "src/Libvirt.Hosting/Settings/LibvirtPlanReader.cs",
    ];

    private static IEnumerable<string> Code(string folder) =>
        Repository.Files().Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void Only_composition_roots_name_the_embedded_engine()
    {
        string[] named = [.. Code("src/").Where(file => !file.StartsWith("src/Actors/", StringComparison.Ordinal) && Engine().IsMatch(Repository.Read(file)))];

        Assert.True(
            named.SequenceEqual(Roots),
            $"These name the embedded engine and are not known to put a program together: {string.Join(", ", named.Except(Roots))}; take an IActorSystem instead. These do no longer: {string.Join(", ", Roots.Except(named))}.");
    }

    [Fact]
    public void The_actor_API_and_asking_do_not_know_the_embedded_engine()
    {
        string[] knowing =
        [
            .. Code("src/Actors/").Where(file => !file.StartsWith("src/Actors/Embedded/", StringComparison.Ordinal))
                .Where(file => Engine().IsMatch(Repository.Read(file)) || Repository.Read(file).Contains("Embedded", StringComparison.Ordinal)),
        ];

        Assert.True(knowing.Length == 0, $"An engine in another assembly has to do with these as well: {string.Join(", ", knowing)}.");
    }

    [Fact]
    public void The_embedded_engine_shows_nobody_what_is_inside()
    {
        string[] shown =
        [
            .. from file in Code("src/Actors/Embedded/")
               let text = Repository.Read(file)
               where text.Contains("namespace Actors.Embedded", StringComparison.Ordinal) && PublicType().IsMatch(text)
               select file,
        ];
        XDocument project = XDocument.Parse(Repository.Read("src/Actors/Actors.csproj"));

        Assert.True(shown.Length == 0, $"These show what is the engine's own: {string.Join(", ", shown)}.");
        Assert.Empty(project.Descendants("InternalsVisibleTo"));
    }

    [GeneratedRegex(@"^public [a-z ]*\b(class|struct|record|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bActorSystem\.Create\b|\bActorSystemOptions\b|\bActors\.Embedded\b|\bEmbeddedActorSystem\b")]
    private static partial Regex Engine();
}
