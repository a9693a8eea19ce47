using Libvirt.Hosting.Tests.Hypervisors;
using Libvirt.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>A password that stands in the settings by mistake, or in code where it belongs: nothing that is then said has it.</summary>
public sealed class SecretTests(DaemonFixture fixture)
{
    private const string Secret = "hunter2hunter2";

    /// <summary>Settings that cannot be used.</summary>
    public static TheoryData<string> Mistakes =>
    [
        $"libvirt.hypervisors.a = \"qemu+tcp://fred:{Secret}@hv1/system\"",
        $"libvirt.hypervisors.a = \"qemu+tcp://fred:{Secret}@[::1/system\"",
        $"libvirt.hypervisors.a.uri = \"qemu+smoke://hv1/system?password={Secret}\"",
        $"libvirt.hypervisors.a.uri = \"qemu+tls://hv1/system?password={Secret}\"",
        $"libvirt.hypervisors.a = \"fred:{Secret}@hv1\"",
        $"libvirt.hypervisors.a = \"Server=hv1;User=fred;Password={Secret}\"",
        $"libvirt.hypervisors.a {{ uri = \"test:///default\", credentials {{ user = fred, password = {Secret} }} }}",
        $"libvirt.hypervisors.a {{ uri = \"test:///default\", password = {Secret} }}",
        $"libvirt.hypervisors.a {{ user = fred, password = {Secret} }}",
        $"libvirt.defaults.credentials = \"fred/{Secret}\"",
        $"libvirt.defaults {{ user-name = fred, password = {Secret} }}",
        $"libvirt.credentials {{ fred = {Secret} }}",
    ];

    /// <summary>Text that is no HOCON.</summary>
    public static TheoryData<string> Slips =>
    [
        $"password \"{Secret}\"",
        $"password {Secret}",
        $"password\"{Secret}\" x",
        $"\"password\" {Secret}",
        $"password =\n}} {Secret}",
        $"password = \"{Secret}",
        $"password = \"{Secret}\n\"",
        $"password = \"{Secret}\\q\"",
        $"password = {Secret}$",
        $"password = {Secret}@hv1",
        $"password = [{Secret}",
        $"password = {Secret} = x",
        $"a {{ password = {Secret} ",
        $"{{ a = 1 }} {Secret}",
        $"a = [1\n}} {Secret}",
        $"a = {{ b = 1 }} {Secret}",
        $"a = {{ b = 1 }}\npassword = ${{a}} {Secret}",
        $"password = {Secret}\na = ${{password}} {{ b = 1 }}",
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task In_settings_that_stop_the_start_or_are_refused_later(string hocon)
    {
        using LogLines log = new();
        using IHost refused = TestHost.Build(hocon, builder => builder.Logging.AddProvider(log)).Host;
        Exception? error = await Record.ExceptionAsync(() => refused.StartAsync(TestContext.Current.CancellationToken));
        await using TestHost changed = await TestHost.StartAsync(
            $"libvirt.hypervisors.b = \"{fixture.Daemon.TestUri}\"", builder => builder.Logging.AddProvider(log));

        changed.Change(hocon);

        Assert.NotNull(error);
        Assert.Contains(log.Lines, line => line.StartsWith("Error: The changed configuration cannot be used", StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, $"{error}{string.Join('\n', log.Lines)}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slips))]
    public void In_text_that_cannot_be_read(string hocon) => Assert.DoesNotContain(Secret, $"{Hocon.Text.Refused(hocon)}", StringComparison.Ordinal);

    [Fact]
    public async Task In_code_where_it_belongs()
    {
        using LogLines log = new();
        HypervisorOptions options = new() { Credentials = new LibvirtCredentials("fred", Secret) };
        await using TestHost host = await TestHost.StartAsync(
            "",
            builder =>
            {
                builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
                builder.Services.AddHealthChecks().AddLibvirt();
            },
            code => code.AddHypervisor("up", fixture.Daemon.TestUri, options).AddHypervisor("down", DaemonFixture.DownUri, options).Defaults = options);
        await host.Hypervisors.Get("up").UntilAsync<HypervisorState.Ready>();
        HypervisorState.Backoff state = await host.Hypervisors.Get("down").UntilAsync<HypervisorState.Backoff>();

        host.Change("libvirt.hypervisors.up.max-in-flight = 0");
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        string[] reported = [.. health.Entries.Select(entry => $"{entry.Value.Description} {entry.Value.Exception} {string.Join(' ', entry.Value.Data)}")];
        Assert.NotEmpty(reported);
        Assert.NotEmpty(log.Lines);
        string said = $"{string.Join('\n', log.Lines)}{string.Join('\n', reported)}{state} {state.Reason} {options} {host.Hypervisors.Get("up").Options}";
        Assert.DoesNotContain(Spellings.Of(Secret), said.Contains);
    }
}
