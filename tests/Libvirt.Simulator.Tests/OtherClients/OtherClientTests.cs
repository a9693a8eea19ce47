using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Clients that neither libvirt nor this project wrote take the simulator for a daemon.</summary>
public sealed class OtherClientTests
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Libvirt.Simulator.Tests", "OtherClients");

    [Fact]
    public async Task The_python_binding_drives_a_host()
    {
        await using SimulatorFixture fixture = new();

        // Debian's own interpreter: the binding is installed for it.
        CommandResult result = await Command.RunAsync(
            "/usr/bin/python3", [Path.Combine(Folder, "smoke.py"), fixture.Endpoint.Uri()], environment: Virsh.ClientEnvironment,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "host hv1 domains 2",
                "event web 3",
                "event web 4",
                "vcpus 2 memory 524288 disk flush_operations",
                "snapshots ['one']",
                "same True",
                "refused 3 0 this function is not supported by the connection driver: virNodeSuspendForDuration",
            ],
            Lines(result));
    }

    [Fact]
    public async Task Go_libvirt_drives_a_host()
    {
        await using SimulatorFixture fixture = new();
        string program = Scratch.NewPath("smoke");
        Dictionary<string, string?> go = new()
        {
            ["GO111MODULE"] = "off",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOFLAGS"] = null,
            ["GOCACHE"] = Scratch.NewDirectory("go"),
        };
        (await Command.RunAsync("go", ["build", "-o", program, Path.Combine(Folder, "smoke.go")], environment: go, limit: TimeSpan.FromMinutes(5),
            cancellationToken: TestContext.Current.CancellationToken)).EnsureSuccess();

        CommandResult result = await Command.RunAsync(
            program, [fixture.Endpoint.Address!.ToString()!], environment: Virsh.ClientEnvironment, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "host hv1 domains 2",
                "event web 3",
                "event web 4",
                """monitor {"return":{"status":"running","running":true},"id":"libvirt-1"}""",
                "same true",
                "refused this function is not supported by the connection driver: virNodeSuspendForDuration",
            ],
            Lines(result));
    }

    private static string[] Lines(CommandResult result) => result.EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
