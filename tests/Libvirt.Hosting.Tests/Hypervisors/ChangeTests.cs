using Libvirt.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Libvirt.Hosting.Tests.Hypervisors;

public sealed class ChangeTests(DaemonFixture fixture)
{
    private string Up => fixture.Daemon.TestUri;

    [Fact]
    public async Task A_changed_configuration_touches_only_what_has_changed()
    {
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors {{ stays = \"{Up}\", goes = \"{Up}\", moves = \"{DaemonFixture.DownUri}\" }}");
        Hypervisor stays = host.Hypervisors.Get("stays");
        Hypervisor goes = host.Hypervisors.Get("goes");
        Hypervisor moves = host.Hypervisors.Get("moves");
        await stays.UntilAsync<HypervisorState.Ready>();
        await moves.UntilAsync<HypervisorState.Backoff>();

        host.Change($"libvirt.hypervisors {{ stays = \"{Up}\", moves = \"{Up}\", comes = \"{Up}\" }}");

        Assert.Equal(["comes", "moves", "stays"], host.Hypervisors.All.Keys.Order());
        Assert.Same(stays, host.Hypervisors.Get("stays"));
        Assert.IsType<HypervisorState.Ready>(stays.State);
        await host.Hypervisors.Get("moves").UntilAsync<HypervisorState.Ready>();
        await host.Hypervisors.Get("comes").UntilAsync<HypervisorState.Ready>();
        Assert.Null((await goes.UntilAsync<HypervisorState.Closed>()).Reason);
        Assert.Null((await moves.UntilAsync<HypervisorState.Closed>()).Reason);
    }

    [Fact]
    public async Task A_changed_setting_reconnects_its_hypervisor_alone()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors {{ one = \"{Up}\", two = \"{Up}\" }}");
        Hypervisor one = host.Hypervisors.Get("one");
        Hypervisor two = host.Hypervisors.Get("two");
        IHypervisorAccessor accessor = host.Services.GetRequiredKeyedService<IHypervisorAccessor>("one");

        host.Change($"libvirt.hypervisors {{ one = {{ uri = \"{Up}\", read-timeout = 7s }}, two = \"{Up}\" }}");

        Assert.NotSame(one, host.Hypervisors.Get("one"));
        Assert.Same(host.Hypervisors.Get("one"), accessor.Current);
        Assert.Equal(TimeSpan.FromSeconds(7), accessor.Current.Options.ReadTimeout);
        Assert.Same(two, host.Hypervisors.Get("two"));
    }

    [Fact]
    public async Task A_hypervisor_that_is_injected_by_name_stays_what_it_was_and_its_accessor_follows()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors.one = \"{DaemonFixture.DownUri}\"");
        Hypervisor before = host.Services.GetRequiredKeyedService<Hypervisor>("one");

        host.Change($"libvirt.hypervisors.one = \"{Up}\"");

        await before.UntilAsync<HypervisorState.Closed>();
        Assert.Same(before, host.Services.GetRequiredKeyedService<Hypervisor>("one"));
        Hypervisor now = host.Services.GetRequiredKeyedService<IHypervisorAccessor>("one").Current;
        Assert.Same(host.Hypervisors.Get("one"), now);
        Assert.NotEmpty(await now.GetHostnameAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_change_that_cannot_be_used_is_logged_and_changes_nothing()
    {
        LogLines lines = new();
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors.one = \"{Up}\"", builder => builder.Logging.AddProvider(lines));
        Hypervisor one = host.Hypervisors.Get("one");

        host.Change("libvirt { hypervisors.two = \"nonsense\", defaults.max-in-flight = 0 }");

        Assert.Same(one, Assert.Single(host.Hypervisors.All).Value);
        string line = Assert.Single(lines.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("libvirt.defaults.max-in-flight: ", line, StringComparison.Ordinal);
        Assert.Contains("libvirt.hypervisors.two.uri: ", line, StringComparison.Ordinal);

        host.Change("");
        Assert.Empty(host.Hypervisors.All);
    }

    [Theory]
    [InlineData("qemu+ssh://hv/session?proxy=netcat")]
    [InlineData("test:///default?mode=direct")]
    public async Task A_change_to_a_URI_whose_parts_do_not_go_together_is_logged_and_changes_nothing(string uri)
    {
        LogLines lines = new();
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors.one = \"{Up}\"", builder => builder.Logging.AddProvider(lines));
        Hypervisor one = host.Hypervisors.Get("one");

        host.Change($"libvirt.hypervisors {{ one = \"{uri}\", two = \"{Up}\" }}");

        Assert.Same(one, Assert.Single(host.Hypervisors.All).Value);
        string line = Assert.Single(lines.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("libvirt.hypervisors.one.uri: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hypervisors_come_and_go_at_run_time()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt {{ defaults.read-timeout = 7s, hypervisors.one = \"{Up}\" }}");

        Hypervisor two = host.Hypervisors.Add("two", Up);
        Assert.Equal(TimeSpan.FromSeconds(7), two.Options.ReadTimeout);
        Assert.Throws<ArgumentException>(() => host.Hypervisors.Add("ONE", Up));
        Assert.Throws<LibvirtConnectException>(() => host.Hypervisors.Add("three", "nonsense"));
        await two.UntilAsync<HypervisorState.Ready>();

        Assert.True(await host.Hypervisors.RemoveAsync("two"));
        Assert.IsType<HypervisorState.Closed>(two.State);
        Assert.False(await host.Hypervisors.RemoveAsync("two"));
        Assert.Equal(["one"], host.Hypervisors.All.Keys);
    }

    [Fact]
    public async Task A_configured_one_that_was_removed_stays_away_until_its_configuration_changes()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors {{ one = \"{Up}\", two = \"{Up}\" }}");
        await host.Hypervisors.RemoveAsync("one");

        host.Change($"libvirt.hypervisors {{ one = \"{Up}\" }}");
        Assert.Empty(host.Hypervisors.All);

        host.Change($"libvirt.hypervisors.one = {{ uri = \"{Up}\", read-only = true }}");
        Assert.Equal(["one"], host.Hypervisors.All.Keys);
    }

    [Fact]
    public async Task One_that_was_added_at_run_time_is_not_the_configurations_to_change()
    {
        await using TestHost host = await TestHost.StartAsync("");
        Hypervisor added = host.Hypervisors.Add("one", Up);

        host.Change($"libvirt.hypervisors.one = \"{DaemonFixture.DownUri}\"");
        Assert.Same(added, host.Hypervisors.Get("one"));

        host.Change("");
        Assert.Same(added, host.Hypervisors.Get("one"));
    }

    [Fact]
    public async Task A_watcher_is_told_of_what_is_there_and_of_each_change_until_the_host_stops()
    {
        List<string> seen = [];
        TestHost host = await TestHost.StartAsync($"libvirt.hypervisors.one = \"{Up}\"");
        IHypervisors hypervisors = host.Hypervisors;
        Task watching = Task.Run(async () =>
        {
            await foreach (HypervisorChange change in hypervisors.WatchAsync(TestContext.Current.CancellationToken))
            {
                lock (seen)
                    seen.Add($"{change.Kind} {change.Name}");
            }
        });
        await Eventually.IsTrueAsync(() => Count() == 1, cancellationToken: TestContext.Current.CancellationToken);

        hypervisors.Add("two", Up);
        await hypervisors.RemoveAsync("two");
        host.Change($"libvirt.hypervisors.one = \"{DaemonFixture.DownUri}\"");
        await host.DisposeAsync();
        await watching;

        Assert.Equal(["Added one", "Added two", "Removed two", "Replaced one", "Removed one"], seen);

        int Count()
        {
            lock (seen)
                return seen.Count;
        }
    }
}
