namespace Libvirt.Hosting.Settings;

/// <summary>Applies what a place of the configuration holds to options, and gathers what is wrong with it.</summary>
internal sealed class SettingBinder(List<string> failures)
{
    /// <summary>The options with every setting at <paramref name="node"/> applied.</summary>
    /// <param name="options">What they are without.</param>
    /// <param name="node">The place.</param>
    /// <param name="settings">The settings there are.</param>
    /// <param name="handled">A name at the place that is not one of them and read elsewhere.</param>
    public TOptions Bind<TOptions>(TOptions options, SettingNode node, IReadOnlyList<Setting<TOptions>> settings, string? handled = null) =>
        Bind(options, node, settings, "", handled);

    private TOptions Bind<TOptions>(TOptions options, SettingNode node, IReadOnlyList<Setting<TOptions>> settings, string group, string? handled)
    {
        List<string> names = [.. settings.Where(setting => setting.Name.StartsWith(group, StringComparison.Ordinal))
            .Select(setting => setting.Name[group.Length..].Split('.')[0]).Distinct()];
        if (handled is not null)
            names.Add(handled);
        foreach ((string name, SettingNode child) in node.Settings(names))
        {
            string full = group + name;
            if (name == handled)
                continue;
            if (settings.FirstOrDefault(setting => setting.Name == full) is { } setting)
                options = Apply(options, child, setting);
            else if (names.Contains(name))
                options = BindGroup(options, child, settings, full);
            else
                failures.Add($"{child.FullName}: there is no such setting{NearestName.Hint(name, names)}");
        }

        return options;
    }

    private TOptions BindGroup<TOptions>(TOptions options, SettingNode child, IReadOnlyList<Setting<TOptions>> settings, string group)
    {
        if (child.HasChildren)
            return Bind(options, child, settings, group + ".", null);
        failures.Add($"{child.FullName}: is a group of settings, not one");
        return options;
    }

    private TOptions Apply<TOptions>(TOptions options, SettingNode node, Setting<TOptions> setting)
    {
        string? text = null;
        try
        {
            if (node.HasChildren)
                throw new FormatException("is one setting and cannot hold others");
            text = node.Value();
            return text is null ? options : setting.Apply(options, text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            failures.Add($"{node.FullName}: {Reason(exception, text)}");
            return options;
        }
    }

    // What .NET says of an argument names a parameter before and after what counts; the setting's full name stands for it.
    private static string Reason(Exception exception, string? text)
    {
        string message = exception.Message;
        int from = message.IndexOf(" must ", StringComparison.Ordinal);
        int to = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return exception is ArgumentException && from >= 0 && from < to ? $"'{text}'{message[from..to]}" : message;
    }
}
