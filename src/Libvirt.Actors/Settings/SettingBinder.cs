namespace Libvirt.Settings;

/// <summary>Applies a group of settings to an options record and collects what is wrong with them.</summary>
internal sealed class SettingBinder(List<string> failures)
{
    /// <summary>The options with every setting of <paramref name="node"/> applied.</summary>
    /// <param name="options">The options without them.</param>
    /// <param name="node">The group.</param>
    /// <param name="settings">The settings that are valid there.</param>
    /// <param name="handled">A name that is valid there as well and is read elsewhere.</param>
    public TOptions Bind<TOptions>(TOptions options, SettingNode node, IReadOnlyList<Setting<TOptions>> settings, string? handled = null) =>
        Bind(options, node, settings, "", handled);

    private TOptions Bind<TOptions>(TOptions options, SettingNode node, IReadOnlyList<Setting<TOptions>> settings, string group, string? handled)
    {
        List<string> names = [.. SettingNames.At(settings.Select(static setting => setting.Name), group)];
        if (handled is not null)
            names.Add(handled);
        foreach ((string name, SettingNode child) in node.Children())
        {
            string full = group + name;
            if (name == handled)
                continue;
            if (settings.FirstOrDefault(setting => setting.Name == full) is { } setting)
                options = Apply(options, child, setting);
            else if (!names.Contains(name))
                failures.Add($"{child.Path}: there is no such setting{NearestName.Hint(name, names)}");
            else if (child.IsGroup)
                options = Bind(options, child, settings, full + ".", null);
            else
                failures.Add($"{child.Path}: is a group of settings, not one");
        }

        return options;
    }

    private TOptions Apply<TOptions>(TOptions options, SettingNode node, Setting<TOptions> setting)
    {
        string? text = null;
        try
        {
            text = node.Text();
            return text is null ? options : setting.Apply(options, text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            failures.Add($"{node.Path}: {Reason(exception, text)}");
            return options;
        }
    }

    // The message of an ArgumentException names a parameter before and after the reason; the setting's path takes its place.
    private static string Reason(Exception exception, string? text)
    {
        string message = exception.Message;
        int from = message.IndexOf(" must ", StringComparison.Ordinal);
        int to = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return exception is ArgumentException && from >= 0 && from < to ? $"'{text}'{message[from..to]}" : message;
    }
}
