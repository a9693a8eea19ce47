using Actors;
using BenchmarkDotNet.Attributes;

namespace Libvirt.Benchmarks;

/// <summary>Questions to an actor and their answers.</summary>
public class AskBenchmarks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private IActorSystem? _system;
    private IActorRef<ReplyTo<int>>? _actor;

    [Params(ActorDispatch.Pooled, ActorDispatch.Inline)]
    public ActorDispatch Dispatch { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _system = ActorSystem.Create();
        _actor = _system.Spawn("asked", static () => new AnsweringActor(), new ActorOptions { Dispatch = Dispatch });
    }

    [GlobalCleanup]
    public void Stop() => _system!.DisposeAsync().AsTask().Wait();

    [Benchmark(Description = "ask and answer")]
    public ValueTask<int> Ask() => _actor!.AskAsync<ReplyTo<int>, int>(static reply => reply, Limit);

    private sealed class AnsweringActor : Actor<ReplyTo<int>>
    {
        protected override ValueTask OnMessageAsync(ReplyTo<int> message)
        {
            message.TrySetResult(1);
            return default;
        }
    }
}
