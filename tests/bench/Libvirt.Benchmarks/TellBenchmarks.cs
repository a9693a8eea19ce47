using Actors;
using BenchmarkDotNet.Attributes;

namespace Libvirt.Benchmarks;

/// <summary>Messages to an actor, handled to the last one.</summary>
public class TellBenchmarks
{
    private const int Messages = 1024;

    private readonly SemaphoreSlim _handled = new(0);
    private IActorSystem? _system;
    private IActorRef<int>? _actor;

    [Params(ActorDispatch.Pooled, ActorDispatch.Inline)]
    public ActorDispatch Dispatch { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _system = ActorSystem.Create();
        _actor = _system.Spawn("told", () => new CountingActor(_handled), new ActorOptions { Dispatch = Dispatch, MailboxCapacity = Messages });
    }

    [GlobalCleanup]
    public void Stop() => _system!.DisposeAsync().AsTask().Wait();

    [Benchmark(Description = "tell and handle", OperationsPerInvoke = Messages)]
    public void Tell()
    {
        for (int i = 0; i < Messages; i++)
            _actor!.TryTell(i);
        _handled.Wait();
    }

    private sealed class CountingActor(SemaphoreSlim handled) : Actor<int>
    {
        protected override ValueTask OnMessageAsync(int message)
        {
            if (message == Messages - 1)
                handled.Release();
            return default;
        }
    }
}
