using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Which daemon a URI leads to where virtqemud, virtstoraged and virtproxyd run, alone and beside a libvirtd: as it leads virsh.</summary>
public sealed class ModularDaemonTests(ModularUser user) : IClassFixture<ModularUser>
{
    [Theory]
    [InlineData("qemu:///session")]
    [InlineData("qemu:///session?mode=auto")]
    [InlineData("qemu:///session?mode=direct")]
    [InlineData("qemu:///session?mode=legacy")]
    public async Task Every_mode_leads_to_virtqemud_where_the_proxy_stands_in_for_libvirtd(string uri)
    {
        ModularDaemons daemons = await user.DaemonsAsync();
        string guest = $"guest-{Guid.NewGuid():N}";
        await daemons.Qemu.DefineGuestAsync(new GuestDefinition { Name = guest });

        foreach (string[] question in (string[][])[["list", "--all", "--name"], ["dumpxml", guest], ["domstate", guest], ["hostname"], ["capabilities"]])
            await SameAsync(uri, question);
        Assert.Contains(guest, (await user.VirtactlAsync("-c", uri, "list", "--all", "--name")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_has_a_daemon_of_its_own_and_secrets_have_none_here()
    {
        ModularDaemons daemons = await user.DaemonsAsync();
        string pool = $"pool-{Guid.NewGuid():N}";
        (await user.VirtactlAsync(
            "-c", "storage:///session?mode=direct", "pool-define-as", pool, "dir", "--target", Path.Combine(daemons.Qemu.DataDirectory, pool))).EnsureSuccess();

        foreach (string uri in (string[])["storage:///session", "storage:///session?mode=direct", "storage:///session?mode=legacy", "qemu:///session?mode=direct"])
            Assert.Contains(pool, await SameAsync(uri, "pool-list", "--all", "--name"), StringComparison.Ordinal);

        CommandResult ours = await user.VirtactlAsync("-c", "secret:///session?mode=direct", "hostname");
        CommandResult theirs = await user.VirshAsync("-c", "secret:///session?mode=direct", "hostname");
        Assert.Equal((3, 1), (ours.ExitCode, theirs.ExitCode));
        Assert.Contains($"{user.Sockets}/virtsecretd-sock", ours.Error, StringComparison.Ordinal);
        Assert.Contains($"{user.Sockets}/virtsecretd-sock", theirs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tcp_it_is_the_proxy_that_answers()
    {
        ModularDaemons daemons = await user.DaemonsAsync();
        string guest = $"guest-{Guid.NewGuid():N}";
        await daemons.Qemu.DefineGuestAsync(new GuestDefinition { Name = guest });

        await SameAsync($"qemu+tcp://127.0.0.1:{daemons.Proxy.TcpPort}/session", "dumpxml", guest);
    }

    [Fact]
    public async Task Each_daemon_is_administered_under_its_name_and_the_proxy_under_libvirtds()
    {
        await user.DaemonsAsync();

        foreach (string uri in (string[])["virtqemud:///session", "virtstoraged:///session", "libvirtd:///session"])
        {
            CommandResult ours = await user.VirtactlAsync("-q", "-c", uri, "admin", "srv-list");
            CommandResult theirs = await user.VirtAdminAsync("-q", "-c", uri, "srv-list");
            Assert.Equal(Printed.Squeezed(theirs.EnsureSuccess().Output), Printed.Squeezed(ours.EnsureSuccess().Output));
        }

        // The proxy takes all of libvirtd's socket names, and virt-admin does not know that either.
        Assert.Equal(3, (await user.VirtactlAsync("-c", "virtproxyd:///session", "admin", "srv-list")).ExitCode);
        Assert.Equal(1, (await user.VirtAdminAsync("-c", "virtproxyd:///session", "srv-list")).ExitCode);
        Assert.Contains("virtproxyd", (await user.VirtactlAsync("-c", "libvirtd:///session", "admin", "srv-list")).Output, StringComparison.Ordinal);
    }

    private async Task<string> SameAsync(string uri, params string[] question)
    {
        CommandResult ours = await user.VirtactlAsync(["-q", "-c", uri, .. question]);
        CommandResult theirs = await user.VirshAsync(["-q", "-c", uri, .. question]);
        Assert.Equal(Printed.Squeezed(theirs.EnsureSuccess().Output), Printed.Squeezed(ours.EnsureSuccess().Output));
        return ours.Output;
    }
}
