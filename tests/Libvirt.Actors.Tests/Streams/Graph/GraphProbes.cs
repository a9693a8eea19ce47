using Akka.Actor;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;

namespace Libvirt.Tests.Streams.Graph;

/// <summary>Akka's probes for graphs on the actor system of a scenario.</summary>
internal sealed class GraphProbes
{
    private readonly Akka.TestKit.Xunit.TestKit _kit;

    public GraphProbes(ActorSystem system) => _kit = WithoutContext(() => new Akka.TestKit.Xunit.TestKit(system));

    public Sink<T, TestSubscriber.Probe<T>> Sink<T>() => _kit.SinkProbe<T>();

    public Source<T, TestPublisher.Probe<T>> Source<T>() => _kit.SourceProbe<T>();

    /// <summary>The constructor of a probe replaces the context of the thread, which would redirect the continuations of the test.</summary>
    public static T WithoutContext<T>(Func<T> create)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            return create();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
