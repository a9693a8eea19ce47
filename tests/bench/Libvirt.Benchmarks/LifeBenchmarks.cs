using Actors;
using BenchmarkDotNet.Attributes;

namespace Libvirt.Benchmarks;

/// <summary>The lives of actors and promises.</summary>
public class LifeBenchmarks
{
    private readonly ReusedPromise _promise = new();
    private IActorSystem? _system;
    private int _next;

    [GlobalSetup]
    public void Start() => _system = ActorSystem.Create();

    [GlobalCleanup]
    public void Stop() => _system!.DisposeAsync().AsTask().Wait();

    [Benchmark(Description = "spawn and stop, awaited")]
    public Task SpawnAndStop() => _system!.StopAsync(_system.Spawn($"child-{_next++}", static () => new IdleActor()));

    [Benchmark(Description = "promise made, filled, taken")]
    public int Promise()
    {
        ValueTask<int> task = _promise.Task;
        _promise.ReplyTo.TrySetResult(1);
        int result = task.Result;
        _promise.Renew();
        return result;
    }

    private sealed class IdleActor : Actor<int>
    {
        protected override ValueTask OnMessageAsync(int message) => default;
    }

    private sealed class ReusedPromise : Promise<int>
    {
        public void Renew() => Reset();
    }
}
