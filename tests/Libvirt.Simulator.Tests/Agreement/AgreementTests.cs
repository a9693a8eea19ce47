using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>virsh walks through a real libvirtd's test driver and through the simulator, and must meet the same.</summary>
public sealed class AgreementTests
{
    private const string RealUuid = "6695eb01-f6a4-8304-79aa-97f2502e193f";

    [Fact]
    public async Task The_simulator_ends_every_command_as_a_real_daemon_does()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        // The test driver forgets everything when its last client leaves.
        await using Hypervisor keeper = await Hypervisor.ConnectAsync(daemon.TestUri, cancellationToken: TestContext.Current.CancellationToken);
        await using HypervisorSimulator simulator = new();
        SimulatedEndpoint endpoint = simulator.ListenUnix(Scratch.NewPath("agreement.sock"), LikeTheTestDriver(simulator));

        Task<IReadOnlyList<CommandResult>> real = WalkAsync(Virsh.On(daemon.TestUri), RealUuid, "test", "i686");
        Task<IReadOnlyList<CommandResult>> simulated = WalkAsync(
            Virsh.On(endpoint.Uri()), simulator.Hosts[0].Domains["test"].Uuid.ToString(), "kvm", "x86_64");

        (string[] outcomes, string[] texts) = Compare(await real, await simulated);
        Assert.InRange(AgreementScript.Commands.Count, 130, int.MaxValue);
        Assert.Equal(KnownDifferences.Outcomes.Keys.Order(), outcomes.Order());
        Assert.Equal(KnownDifferences.Texts.Keys.Order(), texts.Order());
    }

    [Fact]
    public async Task The_page_lists_every_difference_and_its_reason()
    {
        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "simulator.md"), TestContext.Current.CancellationToken);

        Assert.All(
            KnownDifferences.Outcomes.Concat(KnownDifferences.Texts),
            difference => Assert.Contains($"| `{difference.Key}` | {difference.Value} |", page, StringComparison.Ordinal));
        Assert.Contains($"runs {AgreementScript.Commands.Count} virsh commands", page, StringComparison.Ordinal);
    }

    private static SimulatedHost LikeTheTestDriver(HypervisorSimulator simulator)
    {
        SimulatedHost host = simulator.AddHost("agreement");
        host.Domains.Define("test", memoryMiB: 8192, vcpus: 2, running: true);
        host.StoragePools["default"].Stop();
        host.StoragePools.Define("<pool type='dir'><name>default-pool</name><target><path>/default-pool</path></target></pool>").Start();
        return host;
    }

    private static async Task<IReadOnlyList<CommandResult>> WalkAsync(Virsh virsh, string uuid, string type, string architecture)
    {
        Dictionary<string, string> words = new()
        {
            ["UUID"] = uuid,
            ["SCREEN"] = Scratch.NewPath("screen"),
            ["BAD.XML"] = await FileAsync("<snapshot"),
            ["NET.XML"] = await FileAsync("<network><name>lab</name><bridge name='virbr9'/><ip address='10.0.0.1' netmask='255.255.255.0'/></network>"),
            ["DOMAIN.XML"] = await FileAsync(
                $"<domain type='{type}'><name>new</name><memory>131072</memory><vcpu>1</vcpu><os><type arch='{architecture}'>hvm</type></os></domain>"),
        };
        List<CommandResult> results = [];
        foreach (string command in AgreementScript.Commands)
            results.Add(await virsh.TryAsync([.. command.Split(' ').Select(w => words.GetValueOrDefault(w, w))]));
        return results;
    }

    private static (string[] Outcomes, string[] Texts) Compare(IReadOnlyList<CommandResult> real, IReadOnlyList<CommandResult> simulated)
    {
        List<string> outcomes = [], texts = [];
        foreach ((string command, CommandResult left, CommandResult right) in AgreementScript.Commands.Zip(real, simulated))
        {
            if (left.ExitCode != right.ExitCode)
                outcomes.Add(command);
            else if (LastLine(left.Error) != LastLine(right.Error))
                texts.Add(command);
        }
        // A command that is tried twice may succeed once and be refused once; one mention is enough.
        return ([.. outcomes.Distinct()], [.. texts.Distinct()]);
    }

    private static string LastLine(string error) => error.TrimEnd().Split('\n')[^1];

    private static async Task<string> FileAsync(string content)
    {
        string path = Scratch.NewPath("agreement.xml");
        await File.WriteAllTextAsync(path, content);
        return path;
    }
}
