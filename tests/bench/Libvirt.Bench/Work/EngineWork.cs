using Actors;
using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>The actor engine alone, from one thread: the same act again and again.</summary>
internal static class EngineWork
{
    private const int Round = 1024;

    public static async Task<Sample> RunAsync(string kind, TimeSpan warmup, TimeSpan length)
    {
        await using IActorSystem system = ActorSystem.Create();
        Func<Task> round = kind switch
        {
            "tell" => TellRounds(system, ActorDispatch.Pooled),
            "tell-inline" => TellRounds(system, ActorDispatch.Inline),
            "ask" => AskRounds(system, ActorDispatch.Pooled),
            "ask-inline" => AskRounds(system, ActorDispatch.Inline),
            "promise" => PromiseRounds(),
            "spawn" => SpawnRounds(system),
            _ => throw new ArgumentException($"no such act: {kind}", nameof(kind)),
        };
        await RunAsync(round, warmup);
        Meter meter = new();
        long count = await RunAsync(round, length);
        return meter.Read() with { Count = count };
    }

    private static async Task<long> RunAsync(Func<Task> round, TimeSpan length)
    {
        long count = 0;
        long end = Environment.TickCount64 + (long)length.TotalMilliseconds;
        for (; Environment.TickCount64 < end; count += Round)
            await round();
        return count;
    }

    // A round is told, then handled to its last message: what is measured is both.
    private static Func<Task> TellRounds(IActorSystem system, ActorDispatch dispatch)
    {
        SemaphoreSlim handled = new(0);
        IActorRef<int> actor = system.Spawn("told", () => new CountingActor(handled), new ActorOptions { Dispatch = dispatch, MailboxCapacity = Round });
        return () =>
        {
            for (int i = 0; i < Round; i++)
            {
                if (actor.TryTell(i) != TellResult.Accepted)
                    throw new InvalidOperationException("The mailbox has room for a round, yet it was full.");
            }
            return handled.WaitAsync();
        };
    }

    private static Func<Task> AskRounds(IActorSystem system, ActorDispatch dispatch)
    {
        IActorRef<ReplyTo<int>> actor = system.Spawn("asked", () => new AnsweringActor(), new ActorOptions { Dispatch = dispatch });
        return async () =>
        {
            for (int i = 0; i < Round; i++)
                await actor.AskAsync<ReplyTo<int>, int>(static reply => reply, TimeSpan.FromSeconds(30));
        };
    }

    private static Func<Task> PromiseRounds()
    {
        PooledPromise promise = new();
        return async () =>
        {
            for (int i = 0; i < Round; i++)
            {
                ValueTask<int> result = promise.Task;
                promise.ReplyTo.TrySetResult(i);
                await result;
                promise.Renew();
            }
        };
    }

    private static Func<Task> SpawnRounds(IActorSystem system)
    {
        int next = 0;
        return async () =>
        {
            for (int i = 0; i < Round; i++)
                await system.StopAsync(system.Spawn($"child-{next++}", static () => new AnsweringActor()));
        };
    }

    private sealed class CountingActor(SemaphoreSlim handled) : Actor<int>
    {
        protected override ValueTask OnMessageAsync(int message)
        {
            if (message == Round - 1)
                handled.Release();
            return default;
        }
    }

    private sealed class AnsweringActor : Actor<ReplyTo<int>>
    {
        protected override ValueTask OnMessageAsync(ReplyTo<int> message)
        {
            message.TrySetResult(1);
            return default;
        }
    }

    private sealed class PooledPromise : Promise<int>
    {
        public void Renew() => Reset();
    }
}
