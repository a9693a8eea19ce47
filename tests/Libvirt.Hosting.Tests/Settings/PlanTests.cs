using Libvirt.Hosting.Settings;
using Libvirt.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Settings;

public sealed class PlanTests
{
    [Fact]
    public void Defaults_apply_to_every_hypervisor_without_its_own_setting()
    {
        LibvirtSettings plan = Plan.Of("""
            libvirt {
              defaults { max-in-flight = 9, reconnect-backoff.min = 1s }
              hypervisors {
                plain = "test:///default"
                own { uri = "test:///default", max-in-flight = 20, reconnect-backoff { max = 2s } }
              }
            }
            """);

        Assert.Equal(9, plan.Hypervisors["plain"].Options.MaxInFlight);
        HypervisorOptions own = plan.Hypervisors["own"].Options;
        Assert.Equal((20, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), (own.MaxInFlight, own.ReconnectBackoff.Min, own.ReconnectBackoff.Max));
    }

    [Fact]
    public void Configuration_overrides_code()
    {
        LibvirtSettings plan = Plan.Of(
            """libvirt.hypervisors { one.max-in-flight = 20, two = "test:///two", three = "test:///three", four = null }""",
            code =>
            {
                code.Defaults = new HypervisorOptions { QueueCapacity = 100 };
                code.AddHypervisor("One", "test:///one", new HypervisorOptions { QueueCapacity = 200 });
                code.AddHypervisor("two", "test:///default");
                code.AddHypervisor("four", "test:///default");
            });

        Assert.Equal(["one", "three", "two"], plan.Hypervisors.Keys.Select(static name => name.ToLowerInvariant()).Order());
        Assert.Equal(new ConfiguredHypervisor("test:///one", new HypervisorOptions { QueueCapacity = 200, MaxInFlight = 20 }), plan.Hypervisors["one"]);
        Assert.Equal("test:///two", plan.Hypervisors["two"].Uri);
        Assert.Equal(100, plan.Hypervisors["three"].Options.QueueCapacity);
    }

    [Theory]
    [InlineData("Libvirt:Defaults:MaxInFlight")]
    [InlineData("libvirt:defaults:max-in-flight")]
    [InlineData("LIBVIRT:DEFAULTS:MAX_IN_FLIGHT")]
    [InlineData("libvirt:defaults:maxInFlight")]
    public void Setting_is_found_in_each_spelling(string key)
    {
        Assert.Equal(7, Plan.Of(new ConfigurationBuilder().AddInMemoryCollection([new(key, "7")])).Defaults.MaxInFlight);
    }

    [Fact]
    public void Source_that_was_added_last_overrides_other_spellings()
    {
        IConfigurationBuilder builder = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Libvirt:Defaults:MaxInFlight", "7")])
            .AddHoconString("libvirt.defaults.max-in-flight = 8")
            .AddInMemoryCollection([new("LIBVIRT:DEFAULTS:MAX_IN_FLIGHT", "9"), new("LIBVIRT:DEFAULTS:RECONNECT_BACKOFF:MIN", "00:00:03")])
            .AddHoconString("libvirt.defaults.reconnect-backoff.max = 4s");

        HypervisorOptions defaults = Plan.Of(builder).Defaults;

        Assert.Equal(9, defaults.MaxInFlight);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)), (defaults.ReconnectBackoff.Min, defaults.ReconnectBackoff.Max));
    }

    [Fact]
    public void Configuration_overrides_the_actor_system_which_overrides_code()
    {
        LibvirtSettings settings = Plan.Of(
            new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("Libvirt:Defaults:MaxInFlight", "9"), new("Libvirt:Hypervisors:one", "test:///one"), new("Libvirt:Hypervisors:TWO:ReadOnly", "true"),
                new("Libvirt:Hypervisors:three", null),
            ]),
            static code => code.Defaults = new HypervisorOptions { MaxInFlight = 7, QueueCapacity = 7, KeepAliveCount = 7 },
            """
            libvirt {
              defaults { max-in-flight = 8, queue-capacity = 8, stream-buffer = 1MiB }
              hypervisors {
                one { uri = "test:///default", keep-alive-count = 2 }
                two = "test:///two"
                three = "test:///three"
              }
            }
            """);

        HypervisorOptions defaults = settings.Defaults;
        Assert.Equal((9, 8, 7, 1 << 20), (defaults.MaxInFlight, defaults.QueueCapacity, defaults.KeepAliveCount, defaults.StreamBuffer));
        Assert.Equal(["one", "two"], settings.Hypervisors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new ConfiguredHypervisor("test:///one", defaults with { KeepAliveCount = 2 }), settings.Hypervisors["one"]);
        Assert.Equal(new ConfiguredHypervisor("test:///two", defaults with { ReadOnly = true }), settings.Hypervisors["two"]);
    }

    [Fact]
    public void Sections_of_the_runtime_itself_are_accepted()
    {
        Assert.Equal(HypervisorOptions.Default, Plan.Of("libvirt { inline-dispatcher.throughput = 100, mailbox.mailbox-type = x }").Defaults);
    }

    [Fact]
    public void Two_spellings_in_one_source_are_refused()
    {
        Assert.Equal(
            ["libvirt.defaults.max-in-flight: is set in several spellings, 'max-in-flight' and 'MaxInFlight'; keep one"],
            Plan.Refused("libvirt.defaults { max-in-flight = 7, MaxInFlight = 8 }"));
    }

    [Fact]
    public void Setting_that_is_null_is_ignored()
    {
        Assert.Equal(HypervisorOptions.Default, Plan.Of("libvirt.defaults { max-in-flight = null, reconnect-attempts = unlimited }").Defaults);
    }

    [Theory]
    [InlineData("libvirt.defaults.max-in-flihgt = 7", "libvirt.defaults.max-in-flihgt: there is no such setting; did you mean max-in-flight?")]
    [InlineData("libvirt.default.x = 1", "libvirt.default: there is no such setting; did you mean defaults?")]
    [InlineData("libvirt.x = 1", "libvirt.x: there is no such setting; the valid names are defaults, hypervisors, runtime")]
    [InlineData("libvirt.defaults.max-in-flight = many", "libvirt.defaults.max-in-flight: 'many' is not a valid integer, or too large")]
    [InlineData("libvirt.defaults.max-in-flight = 1", "libvirt.defaults.max-in-flight: '1' must be greater than or equal to '2'.")]
    [InlineData("libvirt.defaults.max-in-flight { a = 1 }", "libvirt.defaults.max-in-flight: is one setting and cannot hold others")]
    [InlineData("libvirt.defaults.read-timeout = 10 parsecs", "libvirt.defaults.read-timeout: '10 parsecs' is not a valid duration")]
    [InlineData("libvirt.defaults.read-only = maybe", "libvirt.defaults.read-only: 'maybe' is neither true nor false")]
    [InlineData("libvirt.defaults.reconnect-backoff = 5s", "libvirt.defaults.reconnect-backoff: is a group of settings, not one")]
    [InlineData("libvirt.defaults.reconnect-backoff.jitter = 2", "libvirt.defaults.reconnect-backoff.jitter: '2' must be less than or equal to '1'.")]
    [InlineData("libvirt.defaults.reconnect-backoff.mix = 2s", "libvirt.defaults.reconnect-backoff.mix: there is no such setting; did you mean min?")]
    [InlineData("libvirt.hypervisors.hv1.read-only = true", "libvirt.hypervisors.hv1.uri: is missing")]
    [InlineData("libvirt.hypervisors.hv1 { uri = \"test:///default\", urn = x }", "libvirt.hypervisors.hv1.urn: there is no such setting; did you mean uri?")]
    [InlineData("libvirt.hypervisors.hv1 = \"\"", "libvirt.hypervisors.hv1.uri: is empty")]
    [InlineData("libvirt.hypervisors.hv1 = nonsense", "libvirt.hypervisors.hv1.uri: ")]
    [InlineData("libvirt.runtime.max-reader-threads = -1", "libvirt.runtime.max-reader-threads: '-1' must be")]
    [InlineData("libvirt.actor-system.name = x", "libvirt.actor-system: there is no such setting")]
    [InlineData("libvirt.defaults.reader-thread = true", "libvirt.defaults.reader-thread: there is no such setting")]
    [InlineData("libvirt.defaults.stream-buffer = 1TB", "libvirt.defaults.stream-buffer: ")]
    [InlineData("libvirt.defaults.stream-buffer = 4 parsecs", "libvirt.defaults.stream-buffer: '4 parsecs' is not a valid size")]
    [InlineData("libvirt.defaults = 5", "libvirt.defaults: is a group of settings, not one")]
    [InlineData("libvirt.hypervisors = 5", "libvirt.hypervisors: is a group of settings, not one")]
    public void Invalid_setting_is_refused_with_its_full_path(string hocon, string failure)
    {
        Assert.StartsWith(failure, Assert.Single(Plan.Refused(hocon)), StringComparison.Ordinal);
    }

    [Fact]
    public void All_failures_are_reported_together()
    {
        Assert.Equal(3, Plan.Refused("libvirt { defaults { max-in-flight = 0, read-only = 7 }, hypervisors.x {} , hypervisors.y.close-timeout = -1s, hypervisors.y.uri = \"test:///default\" }").Length);
    }

    [Fact]
    public void Several_spellings_in_a_section_of_unknown_root_are_refused()
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .AddHoconString("libvirt.defaults.max-in-flight = 7")
            .AddHoconString("libvirt.defaults.MaxInFlight = 8")
            .Build();

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(
            () => new HostSettingsReader(new LibvirtOptions(), null, new LibvirtSource(root.GetSection("libvirt"), null)).Read());
        Assert.Contains("is set in several spellings", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }
}
