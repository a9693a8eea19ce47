using Actors;
using Libvirt.Hosting.Settings;
using Libvirt.Testing;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>hocon/reference.conf against the options classes, and the examples beside it.</summary>
public sealed class ReferenceTests
{
    private static readonly string Reference = RepositoryRoot.Combine("hocon", "reference.conf");

    [Fact]
    public void The_reference_has_every_setting_at_its_default_and_no_other()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddHoconFile(Reference).Build();

        SortedDictionary<string, string?> written = new(StringComparer.Ordinal);
        foreach ((string key, string? value) in configuration.AsEnumerable().Where(static pair => pair.Value is not null))
            written.Add(key.Replace(':', '.'), value);
        SortedDictionary<string, string?> defaults = new(StringComparer.Ordinal);
        foreach (Setting<HypervisorOptions> setting in HypervisorSettings.All)
            defaults.Add($"libvirt.defaults.{setting.Name}", setting.Read(new LibvirtOptions().Defaults));
        foreach (Setting<ActorSystemOptions> setting in ActorSystemSettings.All)
            defaults.Add($"libvirt.actor-system.{setting.Name}", setting.Read(Plan.Of("").ActorSystem));

        Assert.Equal(defaults, written);
    }

    [Fact]
    public void The_reference_says_of_every_setting_and_group_what_it_is_for()
    {
        string[] lines = File.ReadAllLines(Reference);
        Assert.All(Enumerable.Range(0, lines.Length).Where(i => IsSetting(lines[i])), i => Assert.StartsWith("#", lines[i - 1].Trim(), StringComparison.Ordinal));

        static bool IsSetting(string line) => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim() is [not '#' and not '}', ..];
    }

    [Fact]
    public void The_reference_changes_nothing()
    {
        LibvirtPlan plan = Plan.Of(new ConfigurationBuilder().AddHoconFile(Reference));

        Assert.Equal(HypervisorOptions.Default, plan.Defaults);
        Assert.Empty(plan.Hypervisors);
    }

    [Fact]
    public void The_examples_give_the_hypervisors_they_show()
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
    public void Every_file_beside_the_reference_can_be_used()
    {
        string[] files = Directory.GetFiles(RepositoryRoot.Combine("hocon"), "*.conf");

        Assert.True(files.Length >= 4);
        Assert.All(files, file => Plan.Of(new ConfigurationBuilder().AddHoconFile(file)));
    }

    private static string Hypervisors(string file) => string.Join(
        ", ", Example(file).Hypervisors.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {pair.Value.Uri}"));

    private static LibvirtPlan Example(string file) => Plan.Of(new ConfigurationBuilder().AddHoconFile(RepositoryRoot.Combine("hocon", file)));
}
