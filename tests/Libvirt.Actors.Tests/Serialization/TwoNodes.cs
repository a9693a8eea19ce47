using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;

namespace Libvirt.Tests.Serialization;

/// <summary>Two actor systems that reach each other through Akka.Remote on loopback: one with the runtime's hypervisors, one without any.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Config Remoting = ConfigurationFactory.ParseString("""
        akka {
          loggers = [], stdout-loglevel = OFF, log-dead-letters = off, coordinated-shutdown.run-by-clr-shutdown-hook = off
          actor.provider = remote
          remote {
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            watch-failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s, expected-response-after = 200ms, unreachable-nodes-reaper-interval = 200ms }
          }
        }
        """);

    public TwoNodes()
    {
        Owner = ActorSystem.Create("owner", Remoting);
        Client = ActorSystem.Create("client", Remoting);
        OwnerRuntime = LibvirtRuntime.For(Owner);
        LibvirtRuntime.For(Client);
    }

    /// <summary>The node that has the hypervisors.</summary>
    public ActorSystem Owner { get; }

    public LibvirtRuntime OwnerRuntime { get; }

    /// <summary>The node that has none.</summary>
    public ActorSystem Client { get; }

    /// <summary>An actor of the node with the hypervisors, as the other node refers to it.</summary>
    public Task<IActorRef> FindAsync(string path) =>
        Client.ActorSelection(new RootActorPath(((ExtendedActorSystem)Owner).Provider.DefaultAddress) / path.Split('/')).ResolveOne(Limit);

    /// <summary>The client's node ends as if its process was killed: nothing tells the other node.</summary>
    public Task KillClientAsync() => ((IRemoteActorRefProvider)((ExtendedActorSystem)Client).Provider).Transport.Shutdown();

    public async ValueTask DisposeAsync()
    {
        await Client.Terminate().WaitAsync(Limit);
        await Owner.Terminate().WaitAsync(Limit);
    }
}
