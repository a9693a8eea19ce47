using System.Collections;
using System.Reflection;
using Libvirt.Settings;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>The tables of settings against the options records they stand for.</summary>
public sealed class SettingTests
{
    // Properties that have no text; they are set in code.
    private static readonly string[] CodeOnly =
    [
        // Secrets do not belong in settings; name and password come from a provider in code or from libvirt's auth.conf.
        $"{nameof(HypervisorOptions)}.Credentials",
        $"{nameof(HypervisorOptions)}.CredentialPrompt",
    ];

    private static readonly string[] Samples = ["true", "false", "77ms", "7", "unlimited", "0.7", "7.5", "elsewhere", "77777", "REMOTE_PROC_DOMAIN_SAVE"];

    [Fact]
    public void Every_property_of_the_options_has_a_setting()
    {
        Assert.Equal(Properties(typeof(HypervisorOptions)), HypervisorSettings.All.Select(setting => setting.Property).Order());
        Assert.Equal(Properties(typeof(RuntimeLimits)), RuntimeSettings.All.Select(setting => setting.Property).Order());
    }

    [Fact]
    public void Every_setting_is_named_after_its_property()
    {
        Assert.All(HypervisorSettings.All, setting => Assert.Equal(setting.Property, Pascal(setting.Name)));
        Assert.All(RuntimeSettings.All, setting => Assert.Equal(setting.Property, Pascal(setting.Name)));
    }

    [Fact]
    public void Every_setting_sets_its_property_and_no_other()
    {
        Assert.All(HypervisorSettings.All, setting => SetsOnlyItsOwn(setting, new HypervisorOptions()));
        Assert.All(RuntimeSettings.All, setting => SetsOnlyItsOwn(setting, new RuntimeLimits()));
    }

    private static void SetsOnlyItsOwn<T>(Setting<T> setting, T options)
        where T : class
    {
        string before = setting.Read(options)!;
        (T changed, string text) = Samples.Select(sample => (Changed: TryApply(setting, options, sample) ?? options, sample))
            .First(pair => setting.Read(pair.Changed) != before);

        Assert.Equal(text, setting.Read(changed));
        Assert.Equal([setting.Property], Values(changed).Except(Values(options)).Select(pair => pair.Key));
        Assert.Equal(options, setting.Apply(changed, before));
    }

    private static T? TryApply<T>(Setting<T> setting, T options, string text)
        where T : class
    {
        try
        {
            return setting.Apply(options, text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Properties(Type options) => Leaves(options).Order();

    private static IEnumerable<string> Leaves(Type options) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where !CodeOnly.Contains($"{options.Name}.{property.Name}")
        from leaf in IsGroup(property.PropertyType) ? Leaves(property.PropertyType).Select(inner => $"{property.Name}.{inner}") : [property.Name]
        select leaf;

    private static IEnumerable<KeyValuePair<string, object?>> Values(object options) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let value = property.GetValue(options)
        from pair in value is not null && IsGroup(property.PropertyType)
            ? Values(value).Select(inner => KeyValuePair.Create($"{property.Name}.{inner.Key}", inner.Value))
            : [KeyValuePair.Create<string, object?>(property.Name, value)]
        select pair;

    private static bool IsGroup(Type type) => type.IsClass && type != typeof(string) && type.GetMethod("<Clone>$") is not null && !type.IsAssignableTo(typeof(IEnumerable));

    private static string Pascal(string name) => string.Join(
        '.', name.Split('.').Select(part => string.Concat(part.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));
}
