using Akka.Configuration.Hocon;

namespace Libvirt.Settings;

/// <summary>A value in HOCON together with its full path, which error messages name.</summary>
/// <param name="Path">The path from the root of the configuration: <c>libvirt.defaults.max-in-flight</c>.</param>
/// <param name="Value">The value.</param>
internal readonly record struct SettingNode(string Path, HoconValue Value)
{
    /// <summary>Whether it is a group of settings.</summary>
    public bool IsGroup => Value.IsObject();

    /// <summary>Whether it is <c>null</c>.</summary>
    public bool IsNull => Value.IsString() && Value.GetString() is null;

    /// <summary>What the group holds, in the order in which it is written.</summary>
    public IEnumerable<(string Name, SettingNode Node)> Children()
    {
        string path = Path;
        return (Value.GetObject()?.Items ?? []).Select(item => (item.Key, new SettingNode($"{path}.{item.Key}", item.Value)));
    }

    /// <summary>The text of one setting; null when it is <c>null</c>.</summary>
    /// <exception cref="FormatException">It is a list or a group.</exception>
    public string? Text()
    {
        if (IsGroup)
            throw new FormatException("is one setting and cannot hold others");
        return Value.IsString() ? Value.GetString() : throw new FormatException("is one setting and cannot be a list");
    }
}
