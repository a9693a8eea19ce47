using Libvirt.Simulator;
using Libvirt.Transports;

namespace Libvirt.TestKit;

/// <summary>Leads every connection to a simulated host, in memory: to the one whose name the endpoint's host is, else to the first.</summary>
internal sealed class MemoryConnector(HypervisorSimulator simulator, Traffic traffic) : ITransportConnector
{
    private const int Capacity = 1 << 20;

    public ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SimulatedHost host = Find(endpoint);
        if (!host.IsUp)
            throw new LibvirtConnectException(ConnectFailure.Refused, $"Nobody listens on {endpoint}: the simulated host {host.Name} is down.");
        (Stream client, Stream server) = DuplexStream.CreatePair(Capacity);
        TrafficLink link = traffic.Add();
        simulator.Admit(new SimulatedEndpoint(simulator, host), new CountedStream(server, link.ToServer, link.ToClient));
        return new ValueTask<IByteTransport>(new MemoryTransport(new CountedStream(client, link.ToClient, link.ToServer)));
    }

    private SimulatedHost Find(Endpoint endpoint)
    {
        if (simulator.FindHost(endpoint.Host) is { } named)
            return named;
        return endpoint is UnixEndpoint && simulator.Hosts is [var first, ..]
            ? first
            : throw new LibvirtConnectException(ConnectFailure.Unreachable, $"The scenario has no host named '{endpoint.Host}'; AddHost makes one.");
    }
}
