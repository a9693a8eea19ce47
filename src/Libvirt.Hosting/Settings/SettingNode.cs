using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Settings;

/// <summary>
/// A place in the configuration. The names of settings may be written <c>max-in-flight</c>, <c>MaxInFlight</c> or <c>MAX_IN_FLIGHT</c>, as HOCON, JSON
/// and the environment would; so one place may be several configuration sections.
/// </summary>
internal sealed class SettingNode
{
    private readonly IReadOnlyList<IConfigurationSection> _sections;
    private readonly IConfigurationRoot? _root;

    private SettingNode(string name, IReadOnlyList<IConfigurationSection> sections, IConfigurationRoot? root)
    {
        FullName = name;
        _sections = sections;
        _root = root;
    }

    /// <summary>The name from the root, as HOCON has it.</summary>
    public string FullName { get; }

    /// <summary>Whether it holds settings, rather than being one.</summary>
    public bool HasChildren => _sections.Any(static section => section.GetChildren().Any());

    /// <param name="section">The section <c>libvirt</c>.</param>
    /// <param name="root">What it is a section of: knows which source overrides which. Null when that is not known.</param>
    public static SettingNode Of(IConfigurationSection section, IConfigurationRoot? root) => new(section.Path.Replace(':', '.'), [section], root);

    /// <summary>The text, or null when there is none. Where several spellings are there, the source that overrides the others decides.</summary>
    /// <exception cref="FormatException">Two spellings are there, and nothing tells which one counts.</exception>
    public string? Value()
    {
        List<IConfigurationSection> set = [.. _sections.Where(static section => section.Value is not null)];
        if (set.Count <= 1)
            return set.FirstOrDefault()?.Value;
        foreach (IConfigurationProvider provider in _root?.Providers.Reverse() ?? [])
        {
            List<IConfigurationSection> here = [.. set.Where(section => provider.TryGet(section.Path, out string? value) && value is not null)];
            if (here.Count == 1)
                return here[0].Value;
            if (here.Count > 1)
                break;
        }

        throw new FormatException($"is set in several spellings, {string.Join(" and ", set.Select(static section => $"'{section.Key}'"))}; keep one");
    }

    /// <summary>What lies below, by names of ours: each spelling of a name is the same.</summary>
    /// <param name="known">The names there are; what none of them is comes under its own.</param>
    public IEnumerable<(string Name, SettingNode Node)> Settings(IReadOnlyCollection<string> known) => _sections
        .SelectMany(static section => section.GetChildren())
        .GroupBy(child => known.FirstOrDefault(name => Plain(name) == Plain(child.Key)) ?? child.Key, StringComparer.OrdinalIgnoreCase)
        .Select(group => (group.Key, new SettingNode($"{FullName}.{group.Key}", [.. group], _root)));

    /// <summary>What lies below, by names of the user's, taken as they are; only their case does not count.</summary>
    public IEnumerable<(string Name, SettingNode Node)> Named() => _sections
        .SelectMany(static section => section.GetChildren())
        .GroupBy(static child => child.Key, StringComparer.OrdinalIgnoreCase)
        .Select(group => (group.Key, new SettingNode($"{FullName}.{group.Key}", [.. group], _root)));

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
