using Libvirt.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Settings;

public sealed class PlanTests
{
    [Fact]
    public void Defaults_hold_for_every_hypervisor_that_does_not_say_otherwise()
    {
        LibvirtPlan plan = Plan.Of("""
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
    public void Configuration_comes_on_top_of_code()
    {
        LibvirtPlan plan = Plan.Of(
            """libvirt.hypervisors { one.max-in-flight = 20, two = "test:///two", three = "test:///three", four = null }""",
            code =>
            {
                code.Defaults = new HypervisorOptions { QueueCapacity = 100 };
                code.AddHypervisor("One", "test:///one", new HypervisorOptions { QueueCapacity = 200 });
                code.AddHypervisor("two", "test:///default");
                code.AddHypervisor("four", "test:///default");
            });

        Assert.Equal(["one", "three", "two"], plan.Hypervisors.Keys.Select(static name => name.ToLowerInvariant()).Order());
        Assert.Equal(new HypervisorPlan("test:///one", new HypervisorOptions { QueueCapacity = 200, MaxInFlight = 20 }), plan.Hypervisors["one"]);
        Assert.Equal("test:///two", plan.Hypervisors["two"].Uri);
        Assert.Equal(100, plan.Hypervisors["three"].Options.QueueCapacity);
    }

    [Theory]
    [InlineData("Libvirt:Defaults:MaxInFlight")]
    [InlineData("libvirt:defaults:max-in-flight")]
    [InlineData("LIBVIRT:DEFAULTS:MAX_IN_FLIGHT")]
    [InlineData("libvirt:defaults:maxInFlight")]
    public void A_setting_is_found_in_each_spelling(string key)
    {
        Assert.Equal(7, Plan.Of(new ConfigurationBuilder().AddInMemoryCollection([new(key, "7")])).Defaults.MaxInFlight);
    }

    [Fact]
    public void Among_several_spellings_the_source_that_was_added_last_counts()
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
    public void Two_spellings_in_one_source_are_refused()
    {
        Assert.Equal(
            ["libvirt.defaults.max-in-flight: is set in several spellings, 'max-in-flight' and 'MaxInFlight'; keep one"],
            Plan.Refused("libvirt.defaults { max-in-flight = 7, MaxInFlight = 8 }"));
    }

    [Fact]
    public void A_setting_that_is_null_is_as_if_it_were_not_there()
    {
        Assert.Equal(HypervisorOptions.Default, Plan.Of("libvirt.defaults { max-in-flight = null, reconnect-attempts = unlimited }").Defaults);
    }

    [Theory]
    [InlineData("libvirt.defaults.max-in-flihgt = 7", "libvirt.defaults.max-in-flihgt: there is no such setting; perhaps max-in-flight is meant")]
    [InlineData("libvirt.default.x = 1", "libvirt.default: there is no such setting; perhaps defaults is meant")]
    [InlineData("libvirt.x = 1", "libvirt.x: there is no such setting; there are actor-system, defaults, hypervisors, runtime")]
    [InlineData("libvirt.defaults.max-in-flight = many", "libvirt.defaults.max-in-flight: 'many' is no whole number, or too large")]
    [InlineData("libvirt.defaults.max-in-flight = 1", "libvirt.defaults.max-in-flight: '1' must be greater than or equal to '2'.")]
    [InlineData("libvirt.defaults.max-in-flight { a = 1 }", "libvirt.defaults.max-in-flight: is one setting and cannot hold others")]
    [InlineData("libvirt.defaults.read-timeout = 10 parsecs", "libvirt.defaults.read-timeout: '10 parsecs' is no duration")]
    [InlineData("libvirt.defaults.read-only = maybe", "libvirt.defaults.read-only: 'maybe' is neither true nor false")]
    [InlineData("libvirt.defaults.reconnect-backoff = 5s", "libvirt.defaults.reconnect-backoff: is a group of settings, not one")]
    [InlineData("libvirt.defaults.reconnect-backoff.jitter = 2", "libvirt.defaults.reconnect-backoff.jitter: '2' must be less than or equal to '1'.")]
    [InlineData("libvirt.defaults.reconnect-backoff.mix = 2s", "libvirt.defaults.reconnect-backoff.mix: there is no such setting; perhaps min is meant")]
    [InlineData("libvirt.hypervisors.hv1.read-only = true", "libvirt.hypervisors.hv1.uri: is missing")]
    [InlineData("libvirt.hypervisors.hv1 { uri = \"test:///default\", urn = x }", "libvirt.hypervisors.hv1.urn: there is no such setting; perhaps uri is meant")]
    [InlineData("libvirt.hypervisors.hv1 = \"\"", "libvirt.hypervisors.hv1.uri: is empty")]
    [InlineData("libvirt.hypervisors.hv1 = nonsense", "libvirt.hypervisors.hv1.uri: ")]
    [InlineData("libvirt.runtime.max-reader-threads = -1", "libvirt.runtime.max-reader-threads: '-1' must be")]
    [InlineData("libvirt.actor-system.max-inline-depth = -1", "libvirt.actor-system.max-inline-depth: '-1' must be")]
    public void What_cannot_be_used_is_named_in_full(string hocon, string failure)
    {
        Assert.StartsWith(failure, Assert.Single(Plan.Refused(hocon)), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        Assert.Equal(3, Plan.Refused("libvirt { defaults { max-in-flight = 0, read-only = 7 }, hypervisors.x {} , hypervisors.y.close-timeout = -1s, hypervisors.y.uri = \"test:///default\" }").Length);
    }

    [Fact]
    public void A_section_alone_cannot_tell_which_spelling_counts()
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .AddHoconString("libvirt.defaults.max-in-flight = 7")
            .AddHoconString("libvirt.defaults.MaxInFlight = 8")
            .Build();

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(
            () => new LibvirtPlanReader(new LibvirtOptions(), root.GetSection("libvirt"), null).Read());
        Assert.Contains("is set in several spellings", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }
}
