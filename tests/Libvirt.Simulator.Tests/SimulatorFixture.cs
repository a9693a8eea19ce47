using Libvirt.Testing;

namespace Libvirt.Simulator.Tests;

/// <summary>A simulator of one host on a unix socket of its own, with a running guest named <c>web</c> and one named <c>spare</c> that is off.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    public SimulatorFixture(SimulatorOptions? options = null)
    {
        Simulator = new HypervisorSimulator(options);
        Host = Simulator.AddHost("hv1");
        Host.GuestBehavior = new GuestBehavior { ShutdownTime = TimeSpan.FromMilliseconds(50), RebootTime = TimeSpan.FromMilliseconds(50) };
        Web = Host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        Spare = Host.Domains.Define("spare", memoryMiB: 256, vcpus: 1, running: false);
        Endpoint = Simulator.ListenUnix(Scratch.NewPath("sim.sock"));
        Virsh = Virsh.On(Endpoint.Uri());
    }

    public HypervisorSimulator Simulator { get; }

    public SimulatedHost Host { get; }

    public SimulatedDomain Web { get; }

    public SimulatedDomain Spare { get; }

    public SimulatedEndpoint Endpoint { get; }

    public Virsh Virsh { get; }

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
