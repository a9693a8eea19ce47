using System.Collections.Concurrent;
using Xunit;

namespace Actors.Conformance;

/// <summary>What must hold whatever happens at once.</summary>
public abstract class RaceConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    private const int Rounds = 200;

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Each_message_told_while_an_actor_stops_is_handled_or_a_dead_letter(ActorDispatch dispatch)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var handled = new ConcurrentBag<object?>();
            var dead = new ConcurrentBag<object?>();
            Action<DeadLetter> listener = letter => dead.Add(letter.Message);
            System.DeadLettered += listener;
            IActorRef<Letter> actor = System.Spawn(
                "sink",
                () => new Scripted<Letter>
                {
                    Message = (_, letter) =>
                    {
                        handled.Add(letter);
                        return default;
                    },
                },
                new ActorOptions { Dispatch = dispatch, MailboxCapacity = 16 });

            Letter[] letters = [.. Enumerable.Range(0, 120).Select(_ => new Letter())];
            Task[] tellers = [.. Enumerable.Range(0, 3).Select(teller => Task.Run(() =>
            {
                for (int i = teller; i < letters.Length; i += 3)
                    letters[i].Result = actor.TryTell(letters[i]);
            }))];
            Task stopped = Task.Run(() => System.StopAsync(actor));
            await Task.WhenAll([.. tellers, stopped]);
            System.DeadLettered -= listener;

            Assert.Equal(letters.Length, handled.Count + dead.Count);
            Assert.Equal(letters.Length, handled.Concat(dead).Distinct().Count());
            Assert.All(letters, letter => Assert.Equal(handled.Contains(letter) ? 0 : 1, letter.Undelivered));
            Assert.DoesNotContain(handled.Cast<Letter>(), letter => letter.Result != TellResult.Accepted);
        }
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task A_stop_that_meets_a_restart_ends_the_actor_with_each_instance_stopped(ActorDispatch dispatch)
    {
        for (int round = 0; round < Rounds; round++)
        {
            Journal.Clear();
            IActorRef<Do> actor = Spawn("worker", new ActorOptions { Dispatch = dispatch, Supervision = new SupervisionPolicy() });
            Task failing = Task.Run(() =>
            {
                for (int i = 0; i < 5; i++)
                    actor.TryTell(Do.This(_ => throw new ScenarioException("boom")));
            });
            await Task.WhenAll(failing, Task.Run(() => System.StopAsync(actor))).WaitAsync(Kit.RealTimeLimit);

            int started = Journal.Entries.Count(entry => entry == "worker started");
            int stopped = Journal.Entries.Count(entry => entry == "worker stopped");
            Assert.Equal(started, stopped);
        }

        Assert.Equal(0, System.Counters.LivingActors);
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task A_watch_that_meets_the_end_is_reported_once(ActorDispatch dispatch)
    {
        IActorRef<Do> watcher = Spawn("watcher", new ActorOptions { Dispatch = dispatch });
        for (int round = 0; round < Rounds; round++)
        {
            IActorRef<Do> watched = Spawn("watched", new ActorOptions { Dispatch = dispatch });
            int reported = 0;
            watcher.TryTell(Do.This(context => context.Watch(watched, Do.This(_ => reported++))));
            await Task.Run(() => System.StopAsync(watched));
            await Kit.SettleAsync();
            Assert.Equal(1, reported);
        }
    }

    [Fact]
    public async Task An_unwatch_that_meets_the_end_is_final()
    {
        IActorRef<Do> watcher = Spawn("watcher");
        for (int round = 0; round < Rounds; round++)
        {
            IActorRef<Do> watched = Spawn("watched");
            bool unwatched = false, late = false;
            await RunAsync(watcher, context => context.Watch(watched, Do.This(_ => late |= unwatched)));
            Task stopped = Task.Run(() => System.StopAsync(watched));
            watcher.TryTell(Do.This(context =>
            {
                context.Unwatch(watched);
                unwatched = true;
            }));
            await stopped;
            await Kit.SettleAsync();
            Assert.False(late);
        }
    }

    [Fact]
    public async Task A_cancel_that_meets_a_tick_is_final()
    {
        IActorRef<Do> actor = Spawn("worker");
        for (int round = 0; round < Rounds; round++)
        {
            bool cancelled = false, late = false;
            await RunAsync(actor, context => context.Timers.StartPeriodic("k", TimeSpan.FromMilliseconds(1), Do.This(_ => late |= cancelled)));
            Task ticking = Task.Run(() => Kit.Time.Advance(TimeSpan.FromMilliseconds(20)));
            actor.TryTell(Do.This(context =>
            {
                context.Timers.Cancel("k");
                cancelled = true;
            }));
            await ticking;
            await Kit.SettleAsync();
            Assert.True(cancelled);
            Assert.False(late);
        }
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Of_reply_deadline_and_cancellation_exactly_one_wins(ActorDispatch dispatch)
    {
        var replies = new ConcurrentQueue<ReplyTo<int>>();
        IActorRef<ReplyTo<int>> actor = System.Spawn(
            "keeper",
            () => new Scripted<ReplyTo<int>>
            {
                Message = (_, reply) =>
                {
                    replies.Enqueue(reply);
                    return default;
                },
            },
            new ActorOptions { Dispatch = dispatch });

        for (int round = 0; round < Rounds; round++)
        {
            using var cancellation = new CancellationTokenSource();
            Task<int> ask = actor.AskAsync<ReplyTo<int>, int>(reply => reply, TimeSpan.FromSeconds(1), cancellation.Token).AsTask();
            await Kit.SettleAsync();
            Assert.True(replies.TryDequeue(out ReplyTo<int> reply));

            Task<bool> replying = Task.Run(() => reply.TrySetResult(round));
            Task expiring = Task.Run(() => Kit.Time.Advance(TimeSpan.FromSeconds(1)));
            Task cancelling = Task.Run(cancellation.Cancel);
            await Task.WhenAll(replying, expiring, cancelling);
            Exception? error = await Record.ExceptionAsync(() => ask);

            Assert.Equal(await replying, error is null);
            Assert.True(error is null or TimeoutException or OperationCanceledException);
            Assert.False(reply.TrySetResult(-1));
            if (error is null)
                Assert.Equal(round, await ask);
        }
    }

    [Fact]
    public async Task Asks_from_many_threads_get_their_own_replies()
    {
        IActorRef<Sum> actor = System.Spawn(
            "adder",
            () => new Scripted<Sum>
            {
                Message = (_, sum) =>
                {
                    sum.Reply.TrySetResult(sum.Number + 1);
                    return default;
                },
            },
            new ActorOptions { Dispatch = ActorDispatch.Inline });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(asker => Task.Run(async () =>
        {
            for (int i = 0; i < 3000; i++)
            {
                int number = (asker * 1_000_000) + i;
                int answer = await actor.AskAsync<Sum, int, int>(static (reply, n) => new Sum(n, reply), number, TimeSpan.FromSeconds(5));
                Assert.Equal(number + 1, answer);
            }
        })));
    }

    [Fact]
    public async Task Children_that_come_and_go_at_once_leave_nothing_behind()
    {
        IActorRef<Do> parent = Spawn("parent");
        for (int round = 0; round < Rounds; round++)
        {
            int number = round;
            parent.TryTell(Do.This(context =>
            {
                IActorRef<Do> child = context.Spawn($"child{number}", () => new Worker("child", Journal));
                child.TryTell(Do.This(inner => inner.StopSelf()));
            }));
        }

        await Kit.SettleAsync();

        Assert.Equal(1, System.Counters.LivingActors);
        Assert.Empty(await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task A_shutdown_that_meets_spawns_leaves_no_actor_behind()
    {
        IActorRef<Do> parent = Spawn("parent");
        Task spawning = Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                int number = i;
                if (parent.TryTell(Do.This(context => context.Spawn($"child{number}", () => new Worker("child", Journal)))) == TellResult.Stopped)
                    return;
            }
        });

        await System.ShutdownAsync().WaitAsync(Kit.RealTimeLimit);
        await spawning;

        Assert.Equal(0, System.Counters.LivingActors);
    }

    private sealed class Letter : INotifyUndelivered
    {
        private int _undelivered;

        public TellResult Result { get; set; }

        public int Undelivered => _undelivered;

        public void OnUndelivered(TellResult reason) => Interlocked.Increment(ref _undelivered);
    }

    private sealed record Sum(int Number, ReplyTo<int> Reply);
}
