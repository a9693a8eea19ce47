using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Clients prove who they are.</summary>
public sealed class ScramTests
{
    private static readonly SimulatorOptions WithUsers = new() { Users = new Dictionary<string, string> { ["fred"] = "s3cret" } };

    [Fact]
    public async Task Without_a_proof_nothing_is_served()
    {
        await using SimulatorFixture fixture = new(WithUsers);
        await using RawClient client = new(fixture.Simulator.ConnectInMemory());

        AuthListRet types = await client.CallAsync(RemoteProcedures.AuthList, XdrVoid.Value);
        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(
            () => client.CallAsync(RemoteProcedures.ConnectOpen, new ConnectOpenArgs { Name = null, Flags = 0 }));

        Assert.Equal([RemoteAuthType.Sasl], types.Types);
        Assert.Equal((39, "authentication required"), (refused.Error.Code, refused.Error.Message));
    }

    [Theory]
    [InlineData("s3cret", true)]
    [InlineData("wrong", false)]
    public async Task virsh_is_let_in_with_the_right_password(string password, bool isLetIn)
    {
        await using SimulatorFixture fixture = new(WithUsers);
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(
            file,
            $"[credentials-any]\nauthname=fred\npassword={password}\n[auth-libvirt-default]\ncredentials=any\n[auth-libvirt-localhost]\ncredentials=any\n",
            TestContext.Current.CancellationToken);

        CommandResult result = await Command.RunAsync(
            "virsh", ["-c", $"{fixture.Endpoint.Uri()}&authfile={file}", "hostname"], environment: Virsh.ClientEnvironment,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((isLetIn ? 0 : 1, isLetIn ? "hv1" : ""), (result.ExitCode, result.Output.Trim()));
        if (!isLetIn)
            Assert.Contains("authentication failed", result.Error, StringComparison.Ordinal);
    }
}
