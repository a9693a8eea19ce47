using System.Text.RegularExpressions;
using Libvirt.Dispatch;
using Libvirt.Hosting.Hocon;
using Libvirt.Messages;
using Libvirt.Serialization;
using Libvirt.Settings;
using Libvirt.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>hocon/reference.conf against the options classes, and the examples beside it.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string Reference = RepositoryRoot.Combine("hocon", "reference.conf");

    [Fact]
    public void Reference_has_every_setting_with_its_default_and_no_other() => Assert.Equal(Defaults(), Written(File.ReadAllText(Reference)));

    [Fact]
    public void Wrong_value_or_name_in_the_reference_is_detected()
    {
        string[] lines = File.ReadAllLines(Reference);
        (string Change, string Text)[] wrong =
        [
            .. from i in Enumerable.Range(0, lines.Length)
               from changed in Changes(lines[i])
               select (changed, string.Join('\n', [.. lines[..i], changed, .. lines[(i + 1)..]])),
        ];

        Assert.True(wrong.Length > 2 * Defaults().Count);
        Assert.Empty(wrong.Where(static one => IsRight(one.Text)).Select(static one => one.Change));
        Assert.True(IsRight(string.Join('\n', lines)));
    }

    [Fact]
    public void Reference_has_a_comment_for_every_setting_and_group()
    {
        string[] lines = File.ReadAllLines(Reference);
        Assert.All(Enumerable.Range(0, lines.Length).Where(i => IsSetting(lines[i])), i => Assert.StartsWith("#", lines[i - 1].Trim(), StringComparison.Ordinal));

        static bool IsSetting(string line) => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim() is [not '#' and not '}', ..];
    }

    [Fact]
    public void Reference_changes_nothing()
    {
        LibvirtSettings plan = Plan.Of(new ConfigurationBuilder().AddHoconFile(Reference));

        Assert.Equal(HypervisorOptions.Default, plan.Defaults);
        Assert.Empty(plan.Hypervisors);
    }

    [Fact]
    public void Examples_yield_the_hypervisors_they_show()
    {
        Assert.Equal("local qemu:///system", Hypervisors("one-host.conf"));
        Assert.Equal("one test+tcp://127.0.0.1:16509/default, watched test+tcp://127.0.0.1:16509/default", Hypervisors("laboratory.conf"));
        Assert.Equal(
            "rack1-a qemu+tls://rack1-a.example.net/system?pkipath=/etc/pki/fleet, rack1-b qemu+tls://rack1-b.example.net/system?pkipath=/etc/pki/fleet, "
                + "storage qemu+tls://storage.example.net:16515/system?pkipath=/etc/pki/fleet",
            Hypervisors("fleet-tls.conf"));
        Assert.Equal(20, Example("fleet-tls.conf").Hypervisors["rack1-a"].Options.MaxInFlight);
        Assert.Equal(TimeSpan.FromMinutes(2), Example("fleet-tls.conf").Hypervisors["storage"].Options.ReadTimeout);
        Assert.True(Example("laboratory.conf").Hypervisors["watched"].Options.ReadOnly);
        Assert.Equal(TimeSpan.FromMilliseconds(500), Example("laboratory.conf").Hypervisors["one"].Options.KeepAliveInterval);
    }

    [Fact]
    public void Every_file_beside_the_reference_is_valid()
    {
        string[] files = Directory.GetFiles(RepositoryRoot.Combine("hocon"), "*.conf");

        Assert.True(files.Length >= 4);
        Assert.All(files, file => Plan.Of(new ConfigurationBuilder().AddHoconFile(file)));
    }

    private static SortedDictionary<string, string?> Written(string reference)
    {
        SortedDictionary<string, string?> written = new(StringComparer.Ordinal);
        foreach ((string key, string? value) in new ConfigurationBuilder().AddHoconString(reference).Build().AsEnumerable().Where(static pair => pair.Value is not null))
            written.Add(key.Replace(':', '.'), value);
        return written;
    }

    private static SortedDictionary<string, string?> Defaults()
    {
        SortedDictionary<string, string?> defaults = new(StringComparer.Ordinal);
        foreach (Setting<HypervisorOptions> setting in HypervisorSettings.All)
            defaults.Add($"libvirt.defaults.{setting.Name}", setting.Read(new LibvirtOptions().Defaults));
        foreach (Setting<RuntimeLimits> setting in RuntimeSettings.All)
            defaults.Add($"libvirt.runtime.{setting.Name}", setting.Read(Plan.Of("").Runtime));
        // Akka reads these, with the classes as fallback.
        defaults.Add("libvirt.inline-dispatcher.type", Name(typeof(InlineDispatcherConfigurator)));
        defaults.Add("libvirt.inline-dispatcher.throughput", "512");
        defaults.Add("libvirt.inline-dispatcher.shutdown-timeout", "1s");
        defaults.Add("libvirt.mailbox.mailbox-type", Name(typeof(LosslessMailbox)));
        defaults.Add("akka.actor.serializers.libvirt", Name(typeof(LibvirtSerializer)));
        defaults.Add($"akka.actor.serialization-bindings.{Name(typeof(ILibvirtMessage))}", "libvirt");
        defaults.Add($"akka.actor.serialization-identifiers.{Name(typeof(LibvirtSerializer))}", "8086");
        return defaults;
    }

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static bool IsRight(string reference)
    {
        try
        {
            return Written(reference).SequenceEqual(Defaults())
                && reference.Split('\n').Select(line => GroupLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value.Trim())
                    .SequenceEqual(["libvirt", "defaults", "reconnect-backoff", "hypervisors", "runtime", "inline-dispatcher", "mailbox", "akka.actor", "serializers",
                        "serialization-bindings", "serialization-identifiers"])
                && Plan.Of(reference) is { Hypervisors.Count: 0 };
        }
        catch (Exception refused) when (refused is OptionsValidationException or HoconException)
        {
            return false;
        }
    }

    // A value a little off, a name with a letter too many, a setting that is not there; a group that has another name.
    private static IEnumerable<string> Changes(string line)
    {
        if (SettingLine().Match(line) is { Success: true } setting)
        {
            (string name, string value) = (setting.Groups[1].Value, setting.Groups[2].Value);
            yield return $"{name} = {Other(value)}";
            yield return $"{name}s = {value}";
            yield return "";
        }
        else if (GroupLine().Match(line) is { Success: true } group)
        {
            yield return $"{group.Groups[1].Value}s {{";
        }
    }

    private static string Other(string value) => value switch
    {
        "true" => "false",
        "false" => "true",
        "infinite" => "1h",
        "unlimited" => "7",
        [>= '0' and <= '9', ..] => $"1{value}",
        _ => $"{value}s",
    };

    private static string Hypervisors(string file) => string.Join(
        ", ", Example(file).Hypervisors.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {pair.Value.Uri}"));

    private static LibvirtSettings Example(string file) => Plan.Of(new ConfigurationBuilder().AddHoconFile(RepositoryRoot.Combine("hocon", file)));

    [GeneratedRegex(@"^(\s*[a-z-]+) = (\S+)$")]
    private static partial Regex SettingLine();

    [GeneratedRegex(@"^(\s*[a-z.-]+) \{$")]
    private static partial Regex GroupLine();
}
