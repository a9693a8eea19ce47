using Actors.Conformance;
using Actors.TestKit;
using Xunit;

namespace Actors.Tests;

/// <summary>Everything at once: trees that grow, fail, restart and stop under fire.</summary>
public sealed class SoakTests
{
    [Theory]
    [InlineData(1, ActorDispatch.Pooled)]
    [InlineData(2, ActorDispatch.Pooled)]
    [InlineData(3, ActorDispatch.Inline)]
    [InlineData(4, ActorDispatch.Inline)]
    public async Task A_forest_under_random_fire_ends_complete(int seed, ActorDispatch dispatch)
    {
        await using var kit = new ActorTestKit(new ActorTestKitOptions { Seed = seed });
        var forest = new Forest(kit.System, dispatch);
        IActorRef<Do>[] roots = [.. Enumerable.Range(0, 4).Select(number => forest.SpawnRoot($"root{number}"))];

        await Task.WhenAll(Enumerable.Range(0, 3).Select(teller => Task.Run(() =>
        {
            var random = new Random((seed * 100) + teller);
            for (int i = 0; i < 3000; i++)
                forest.Pick(random).TryTell(forest.Order(random));
        })));
        for (int i = 0; i < 20; i++)
            await kit.AdvanceAsync(TimeSpan.FromSeconds(1));

        foreach (IActorRef<Do> root in roots)
            await kit.System.StopAsync(root).WaitAsync(kit.RealTimeLimit);
        await kit.SettleAsync();
        Assert.Equal(0, kit.System.Counters.LivingActors);
        Assert.Equal(forest.Started, forest.Stopped);
        Assert.True(kit.System.Counters.Restarts > 0);
    }

    /// <summary>Trees of actors that know how to be given trouble.</summary>
    private sealed class Forest(IActorSystem system, ActorDispatch dispatch)
    {
        private readonly Lock _gate = new();
        private readonly List<IActorRef<Do>> _all = [];
        private int _started;
        private int _stopped;
        private int _names;

        public int Started => _started;

        public int Stopped => _stopped;

        public IActorRef<Do> SpawnRoot(string name) => Add(system.Spawn(name, Make, Options(1)));

        public IActorRef<Do> Pick(Random random)
        {
            lock (_gate)
                return _all[random.Next(_all.Count)];
        }

        public Do Order(Random random)
        {
            int number = random.Next(100);
            IActorRef<Do> other = Pick(random);
            return number switch
            {
                < 30 => Do.This(context =>
                {
                    string name = $"n{Interlocked.Increment(ref _names)}";
                    if (context.Children.Count < 6 && context.Self.Path.ToString().Length < 60)
                        Add(context.Spawn(name, Make, Options(number)));
                }),
                < 40 => Do.This(_ => throw new ScenarioException("boom")),
                < 45 => Do.This(context =>
                {
                    if (context.Children.FirstOrDefault() is { } child)
                        context.Stop(child);
                }),
                < 47 => Do.This(context =>
                {
                    if (!Equals(context.Self.Path.Parent, ActorPath.Root))
                        context.StopSelf();
                }),
                < 60 => Do.This(context =>
                {
                    if (!other.Equals(context.Self))
                        context.Watch(other, Do.Nothing);
                }),
                < 70 => Do.This(context => context.Timers.StartPeriodic(number, TimeSpan.FromMilliseconds(700), Do.Nothing)),
                < 80 => new Do(async _ => await Task.Yield()),
                _ => Do.This(_ => other.TryTell(Do.Nothing)),
            };
        }

        private ActorOptions Options(int number) => new()
        {
            Dispatch = dispatch,
            MailboxCapacity = 4096,
            Throughput = 8,
            Supervision = new SupervisionPolicy
            {
                Decide = _ => (Directive)(number % 4),
                Backoff = number % 3 == 0 ? new BackoffPolicy { Min = TimeSpan.FromSeconds(1) } : BackoffPolicy.None,
            },
        };

        private IActorRef<Do> Add(IActorRef<Do> actor)
        {
            lock (_gate)
                _all.Add(actor);
            return actor;
        }

        private Scripted<Do> Make() => new()
        {
            Start = _ => Count(ref _started),
            Message = (context, message) => message.Code(context),
            Stop = _ => Count(ref _stopped),
        };

        private static ValueTask Count(ref int counter)
        {
            Interlocked.Increment(ref counter);
            return default;
        }
    }
}
