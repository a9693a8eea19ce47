using System.Globalization;
using Libvirt.Hosting.Hocon.Parsing;
using Libvirt.Hosting.Hocon.Resolving;
using Libvirt.Hosting.Hocon.Syntax;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Lays a text out as configuration keys: <c>a.b = [x, y]</c> becomes <c>a:b:0</c> and <c>a:b:1</c>.</summary>
internal sealed class HoconFlattener
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HoconPosition _start;

    private HoconFlattener(HoconPosition start) => _start = start;

    /// <summary>Parses, resolves and lays out.</summary>
    public static Dictionary<string, string?> Load(string text, IncludeScope scope)
    {
        ObjectNode root = Parser.Parse(text, scope);
        HoconFlattener flattener = new(new HoconPosition(scope.Source, 1, 1));
        flattener.Add(null, new Resolver(root, Environment.GetEnvironmentVariable).Resolve());
        return flattener._settings;
    }

    private void Add(string? path, HoconValue value)
    {
        switch (value)
        {
            case HoconObject members:
                foreach ((string name, HoconValue member) in members.Members)
                    Add(Join(path, name), member);
                break;
            case HoconArray array:
                for (int i = 0; i < array.Elements.Count; i++)
                    Add(Join(path, i.ToString(CultureInfo.InvariantCulture)), array.Elements[i]);
                break;
            case HoconScalar scalar:
                Add(path!, scalar.Text);
                break;
        }
    }

    private void Add(string path, string? text)
    {
        if (_settings.Count >= HoconLimits.MaxSettings)
            throw new HoconException(_start, $"the text yields more than {HoconLimits.MaxSettings} settings");
        if (!_settings.TryAdd(path, text))
            throw new HoconException(_start, $"'{path.Replace(':', '.')}' is there twice; configuration keys that differ only in case, or in ':' for '.', are one");
    }

    private static string Join(string? path, string name) => path is null ? name : ConfigurationPath.Combine(path, name);
}
