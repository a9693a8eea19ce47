namespace Libvirt.Settings;

/// <summary>The names that are valid at each level of the section <c>libvirt</c>.</summary>
internal static class SettingNames
{
    public const string Defaults = "defaults";
    public const string Hypervisors = "hypervisors";
    public const string Runtime = "runtime";
    public const string Uri = "uri";

    /// <summary>The groups of settings.</summary>
    public static IReadOnlyList<string> Groups { get; } = [Defaults, Hypervisors, Runtime];

    /// <summary>Sections that configure the actor system rather than hypervisors. Akka reads them.</summary>
    public static IReadOnlyList<string> Internal { get; } = ["inline-dispatcher", "mailbox"];

    /// <summary>The full names of the settings of a hypervisor; a dot leads into a group.</summary>
    public static IReadOnlyList<string> OfHypervisor { get; } = [Uri, .. HypervisorSettings.All.Select(static setting => setting.Name)];

    /// <summary>The first parts of those names that begin with <paramref name="group"/>, without it.</summary>
    /// <param name="names">Full names.</param>
    /// <param name="group">Empty, or the name of a group with a dot at its end.</param>
    public static IReadOnlyList<string> At(IEnumerable<string> names, string group) =>
        [.. names.Where(name => name.StartsWith(group, StringComparison.Ordinal)).Select(name => name[group.Length..].Split('.')[0]).Distinct()];
}
