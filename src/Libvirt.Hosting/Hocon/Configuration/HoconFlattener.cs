using System.Globalization;
using Akka.Configuration.Hocon;
using Libvirt.Hosting.Hocon.Text;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Turns a text into configuration keys: <c>a.b = [x, y]</c> becomes <c>a:b:0</c> and <c>a:b:1</c>.</summary>
internal sealed class HoconFlattener
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HoconPosition _start;
    private readonly HoconResolver _resolver;

    private HoconFlattener(HoconPosition start, HoconResolver resolver)
    {
        _start = start;
        _resolver = resolver;
    }

    /// <summary>The settings of a file, and of the files that it includes.</summary>
    public static Dictionary<string, string?> LoadFile(string path, string text, IncludedFiles files) =>
        Load(new HoconScope(path, text), Path.GetDirectoryName(path), [path], files);

    /// <summary>The settings of a text that is not a file.</summary>
    /// <param name="source">What errors call the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="directory">Where relative includes start; null refuses them.</param>
    public static Dictionary<string, string?> LoadText(string source, string text, string? directory) =>
        Load(new HoconScope(source, text), directory, [], new IncludedFiles());

    private static Dictionary<string, string?> Load(HoconScope scope, string? directory, IReadOnlyList<string> path, IncludedFiles files)
    {
        ReferenceTable references = new();
        HoconValue root = new HoconLoader(files, references).Load(scope, directory, path);
        HoconResolver resolver = new(references, scope.At(0)) { Root = root.GetObject() };
        HoconFlattener flattener = new(scope.At(0), resolver);
        flattener.Add(null, root, 0);
        return flattener._settings;
    }

    private void Add(string? path, HoconValue value, int depth)
    {
        // Deeper than a text can be nested only where a reference leads to an object around itself.
        if (depth > 2 * HoconLimits.MaxDepth)
            throw new HoconException(_start, $"'{path!.Split(':')[0]}' is nested more than {2 * HoconLimits.MaxDepth} deep by references");
        switch (_resolver.Resolve(value))
        {
            case HoconObject settings:
                foreach ((string name, HoconValue member) in settings.Items)
                    Add(Join(path, name), member, depth + 1);
                break;
            case IReadOnlyList<HoconValue> list:
                int index = 0;
                foreach (HoconValue element in list.Where(static element => element.Values.Count > 0))
                    Add(Join(path, index++.ToString(CultureInfo.InvariantCulture)), element, depth + 1);
                break;
            case var text when path is not null:
                Add(path, text as string);
                break;
        }
    }

    private void Add(string path, string? text)
    {
        if (_settings.Count >= HoconLimits.MaxSettings)
            throw new HoconException(_start, $"the text yields more than {HoconLimits.MaxSettings} settings");
        if (!_settings.TryAdd(path, text))
            throw new HoconException(_start, $"'{path.Replace(':', '.')}' is there twice; configuration keys ignore case, and ':' separates their parts");
    }

    private static string Join(string? path, string name) => path is null ? name : ConfigurationPath.Combine(path, name);
}
