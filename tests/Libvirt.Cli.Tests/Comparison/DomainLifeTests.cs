using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A real guest from its definition to its end, each step by virtactl and each state beside virsh's.</summary>
public sealed class DomainLifeTests : IAsyncLifetime
{
    private const string Name = "life";

    private LibvirtDaemon? _daemon;

    private LibvirtDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not been started.");

    private Virtactl Virtactl => Virtactl.On(Daemon.SessionUri);

    private Virsh Virsh => Virsh.On(Daemon.SessionUri);

    private string Serial => Path.Combine(Daemon.DataDirectory, "serial");

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_guest_is_defined_started_suspended_rebooted_shut_down_and_undefined()
    {
        string file = await WriteXmlAsync();
        await DoneAsync("defined", "define", file);
        await StateIsAsync("shut off (unknown)");
        await XmlIsVirshsAsync();

        await DoneAsync("started", "start", Name);
        await StateIsAsync("running (booted)");
        await XmlIsVirshsAsync();
        await BootsAsync(1);

        await DoneAsync("is suspended", "suspend", Name);
        await StateIsAsync("paused (user)");
        await DoneAsync("goes on", "resume", Name);
        await StateIsAsync("running (unpaused)");

        await DoneAsync("starts with the daemon", "autostart", Name);
        await AutostartIsAsync("enable");
        await DoneAsync("no longer starts with the daemon", "autostart", Name, "--disable");
        await AutostartIsAsync("disable");

        await DoneAsync("was reset", "reset", Name);
        await BootsAsync(2);
        await DoneAsync("was asked to reboot", "reboot", Name, "--mode", "acpi");
        await BootsAsync(3);

        await DoneAsync("was asked to shut down", "shutdown", Name);
        await Eventually.GetAsync(() => Virtactl.RunAsync("domstate", Name), state => state == "shut off\n");
        await StateIsAsync("shut off (shutdown)");

        await DoneAsync("started", "start", Name, "--paused");
        await StateIsAsync("paused (user)");
        await DoneAsync("destroyed", "destroy", Name, "--graceful");
        await StateIsAsync("shut off (destroyed)");

        await DoneAsync("undefined", "undefine", Name, "--managed-save", "--nvram");
        Assert.Equal(1, (await Virtactl.TryAsync("domstate", Name)).ExitCode);
        Assert.Equal(1, (await Virsh.TryAsync("domstate", Name)).ExitCode);
        Assert.Empty((await Virsh.RunAsync("list", "--all", "--name")).Trim());
    }

    [Fact]
    public async Task A_transient_guest_is_created_from_stdin_and_vanishes_when_it_is_destroyed()
    {
        string xml = await File.ReadAllTextAsync(await WriteXmlAsync());

        CommandResult created = (await Virtactl.TryWithInputAsync(xml, "create", "-", "--paused")).EnsureSuccess();
        Assert.Equal($"Domain '{Name}' created\n", created.Output);
        await StateIsAsync("paused (user)");
        Assert.Contains("Persistent: no", (await Virtactl.RunAsync("dominfo", Name)).Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);

        await DoneAsync("destroyed", "destroy", Name);
        Assert.Empty((await Virtactl.RunAsync("list", "--all", "--name")).Trim());
    }

    [Fact]
    public async Task What_does_not_fit_the_state_is_refused()
    {
        await Virtactl.RunAsync("define", await WriteXmlAsync());

        CommandResult result = await Virtactl.TryAsync("suspend", Name);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("(code 55 OperationInvalid, domain 20 Domain)\n", result.Error, StringComparison.Ordinal);
    }

    private async Task<string> WriteXmlAsync()
    {
        GuestImage image = await GuestImage.GetAsync();
        string file = Scratch.NewPath("life.xml");
        await File.WriteAllTextAsync(file, image.DomainXml(new GuestDefinition { Name = Name, SerialFile = Serial }));
        return file;
    }

    private async Task DoneAsync(string done, params string[] arguments) =>
        Assert.Equal($"Domain '{Name}' {done}\n", await Virtactl.RunAsync(arguments));

    private async Task StateIsAsync(string state)
    {
        Assert.Equal(state, (await Virsh.RunAsync("domstate", Name, "--reason")).Trim());
        Assert.Equal(state, (await Virtactl.RunAsync("domstate", Name, "--reason")).Trim());
    }

    private async Task XmlIsVirshsAsync() =>
        Assert.Equal((await Virsh.RunAsync("dumpxml", Name)).Trim(), (await Virtactl.RunAsync("dumpxml", Name)).Trim());

    private async Task AutostartIsAsync(string expected)
    {
        Assert.Equal(expected, Printed.After(await Virsh.RunAsync("dominfo", Name), "Autostart"));
        Assert.Equal(expected, Printed.After(await Virtactl.RunAsync("dominfo", Name), "Autostart"));
    }

    /// <summary>Waits until the guest has come up for the n-th time.</summary>
    private Task BootsAsync(int times) => Eventually.GetAsync(
        () => File.ReadAllTextAsync(Serial),
        text => text.Split(GuestImage.ReadyMark).Length == times + 1,
        TimeSpan.FromMinutes(2),
        cancellationToken: TestContext.Current.CancellationToken);
}
