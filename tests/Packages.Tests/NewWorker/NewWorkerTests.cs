using Libvirt.Testing;
using Packages.Tests.Feed;
using Xunit;

namespace Packages.Tests.NewWorker;

/// <summary>Somebody with an SDK, our packages and README.</summary>
[Collection(nameof(PackedFeed))]
public sealed class NewWorkerTests(PackedFeed feed)
{
    [Fact]
    public async Task A_new_worker_made_as_the_read_me_says_works_at_first_try()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: cancellationToken);
        using NewHome home = new(feed);
        Instructions instructions = Instructions.Read();
        Assert.Equal("dotnet pack Actors.sln -o ~/packages", instructions.Pack.Split('#')[0].Trim());
        Assert.Equal(["Program.cs", "Worker.cs"], instructions.Files.Keys);

        (await Command.RunAsync("bash", ["-ec", instructions.Setup], environment: home.Environment, limit: DotNet.Limit, cancellationToken: cancellationToken))
            .EnsureSuccess();
        foreach ((string file, string text) in instructions.Files)
            await File.WriteAllTextAsync(Path.Combine(home.Folder, "Inventory", file), text, cancellationToken);
        Assert.EndsWith("=qemu:///system", instructions.Run, StringComparison.Ordinal);
        string run = instructions.Run.Replace("qemu:///system", $"'{daemon.TestUri}'", StringComparison.Ordinal);
        await using RunningProgram worker = RunningProgram.Start("bash", ["-c", run], home.Environment, Path.Combine(home.Folder, "Inventory"));

        await worker.HasPrintedAsync("local has 1 domains", DotNet.Limit, cancellationToken);
        await Virsh.On(daemon.TestUri).RunAsync("suspend", "test");
        await worker.HasPrintedAsync("local: test Suspended", cancellationToken: cancellationToken);
        Assert.Equal(0, await worker.InterruptAsync(cancellationToken));
        Assert.DoesNotContain("warning CS", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_installs_from_its_package_and_runs()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: cancellationToken);
        using NewHome home = new(feed);
        string tools = Path.Combine(home.Folder, "tools");

        (await Command.RunAsync(
            "dotnet",
            ["tool", "install", "Libvirt.Actors.Cli", "--tool-path", tools, "--add-source", feed.Folder],
            environment: home.Environment,
            limit: DotNet.Limit,
            cancellationToken: cancellationToken)).EnsureSuccess();
        CommandResult list = await Command.RunAsync(
            Path.Combine(tools, "virtactl"), ["-c", daemon.TestUri, "list", "--name"], environment: home.Environment, cancellationToken: cancellationToken);

        Assert.Equal(("test", 0), (list.EnsureSuccess().Output.Trim(), list.ExitCode));
    }
}
