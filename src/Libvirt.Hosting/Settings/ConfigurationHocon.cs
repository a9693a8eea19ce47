using Akka.Configuration.Hocon;
using Libvirt.Settings;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Settings;

/// <summary>
/// Converts the section <c>libvirt</c> of a Microsoft.Extensions.Configuration to HOCON. The names of settings may be written <c>max-in-flight</c>,
/// <c>MaxInFlight</c> or <c>MAX_IN_FLIGHT</c>, as HOCON, JSON and the environment do, so one setting may be several configuration keys.
/// </summary>
internal sealed class ConfigurationHocon
{
    private readonly LibvirtSource _source;
    private readonly List<string> _failures;

    private ConfigurationHocon(LibvirtSource source, List<string> failures)
    {
        _source = source;
        _failures = failures;
    }

    /// <summary>The section as HOCON, with each setting under its own name.</summary>
    /// <param name="source">The section.</param>
    /// <param name="failures">Receives what is wrong. Each entry begins with the full path of its setting.</param>
    /// <returns>Null when there is no section, or an empty one.</returns>
    public static HoconValue? Read(LibvirtSource source, List<string> failures)
    {
        if (source.Section is not { } section || !section.Exists())
            return null;
        return new ConfigurationHocon(source, failures).Root(section);
    }

    private HoconValue Root(IConfigurationSection section)
    {
        HoconObject root = new();
        foreach ((string name, IReadOnlyList<IConfigurationSection> sections) in Named([section], SettingNames.Groups))
        {
            string path = $"{_source.Path}.{name}";
            HoconValue? value = name switch
            {
                SettingNames.Hypervisors when HaveChildren(sections) => Hypervisors(path, sections),
                SettingNames.Defaults => Settings(path, sections, SettingNames.OfHypervisor),
                SettingNames.Runtime => Settings(path, sections, [.. RuntimeSettings.All.Select(static setting => setting.Name)]),
                _ => Settings(path, sections, []),
            };
            if (value is not null)
                root.Items[name] = value;
        }

        return Of(root);
    }

    private HoconValue Hypervisors(string path, IReadOnlyList<IConfigurationSection> sections)
    {
        HoconObject all = new();
        foreach ((string name, IReadOnlyList<IConfigurationSection> spellings) in Named(sections, []))
        {
            // A URI alone is written as an object as well, so that settings from elsewhere can be merged into it.
            all.Items[name] = Settings($"{path}.{name}", spellings, SettingNames.OfHypervisor) switch
            {
                null => Of("null"),
                { } settings when settings.IsObject() => WithUri(settings, $"{path}.{name}", spellings),
                { } uri => Of(new HoconObject { Items = { [SettingNames.Uri] = uri } }),
            };
        }

        return Of(all);
    }

    // One source may have given a URI alone and another one settings.
    private HoconValue WithUri(HoconValue settings, string path, IReadOnlyList<IConfigurationSection> spellings)
    {
        Dictionary<string, HoconValue> items = settings.GetObject().Items;
        if (!items.ContainsKey(SettingNames.Uri) && Text(path, spellings) is { } uri)
            items[SettingNames.Uri] = Of(uri);
        return settings;
    }

    // Null for a setting that is null, which is the same as one that is not there.
    private HoconValue? Settings(string path, IReadOnlyList<IConfigurationSection> spellings, IReadOnlyList<string> names)
    {
        if (!HaveChildren(spellings))
            return Text(path, spellings) is { } text ? Of(text) : null;
        HoconObject group = new();
        foreach ((string name, IReadOnlyList<IConfigurationSection> sections) in Named(spellings, SettingNames.At(names, "")))
        {
            string prefix = name + ".";
            string[] below = [.. names.Where(full => full.StartsWith(prefix, StringComparison.Ordinal)).Select(full => full[prefix.Length..])];
            if (Settings($"{path}.{name}", sections, below) is { } value)
                group.Items[name] = value;
        }

        return Of(group);
    }

    // Where a setting is there in several spellings, the source that overrides the others decides.
    private string? Text(string path, IReadOnlyList<IConfigurationSection> spellings)
    {
        List<IConfigurationSection> set = [.. spellings.Where(static section => section.Value is not null)];
        if (set.Count <= 1)
            return set.FirstOrDefault()?.Value;
        foreach (IConfigurationProvider provider in _source.Root?.Providers.Reverse() ?? [])
        {
            List<IConfigurationSection> here = [.. set.Where(section => provider.TryGet(section.Path, out string? value) && value is not null)];
            if (here.Count == 1)
                return here[0].Value;
            if (here.Count > 1)
                break;
        }

        _failures.Add($"{path}: is set in several spellings, {string.Join(" and ", set.Select(static section => $"'{section.Key}'"))}; keep one");
        return null;
    }

    private static bool HaveChildren(IReadOnlyList<IConfigurationSection> spellings) => spellings.Any(static section => section.GetChildren().Any());

    // What lies below, by the names that are valid there; every spelling of a name is the same. Other names are kept as they are, without regard to case.
    private static IEnumerable<(string Name, IReadOnlyList<IConfigurationSection> Sections)> Named(
        IEnumerable<IConfigurationSection> sections, IReadOnlyList<string> valid) => sections
        .SelectMany(static section => section.GetChildren())
        .GroupBy(child => valid.FirstOrDefault(name => Plain(name) == Plain(child.Key)) ?? child.Key, StringComparer.OrdinalIgnoreCase)
        .Select(static group => (group.Key, (IReadOnlyList<IConfigurationSection>)[.. group]));

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static HoconValue Of(string text) => Of(new HoconLiteral { Value = text });

    private static HoconValue Of(IHoconElement element)
    {
        HoconValue value = new();
        value.AppendValue(element);
        return value;
    }
}
