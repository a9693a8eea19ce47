using Xunit;

namespace Actors.Tests;

/// <summary>What the engine allocates once its mailboxes have grown: nothing.</summary>
public sealed class AllocationTests
{
    private const int Messages = 10_000;

    [Fact]
    public async Task An_inline_tell_and_its_turn_allocate_nothing()
    {
        await using IActorSystem system = ActorSystem.Create();
        var counter = new Counter();
        IActorRef<int> actor = system.Spawn("counter", () => counter, new ActorOptions { Dispatch = ActorDispatch.Inline });
        Tell(actor);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Tell(actor);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(2 * Messages, counter.Count);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task A_pooled_tell_allocates_nothing_on_the_tellers_thread()
    {
        await using IActorSystem system = ActorSystem.Create();
        var counter = new Counter();
        IActorRef<int> actor = system.Spawn("counter", () => counter, new ActorOptions { MailboxCapacity = 2 * Messages });
        using var closed = new ManualResetEventSlim();
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // The first round fills the mailbox of a busy actor, so that its ring grows to what the second needs.
        counter.Hold = () =>
        {
            busy.SetResult();
            closed.Wait();
        };
        actor.TryTell(0);
        await busy.Task;
        Tell(actor);
        counter.Hold = null;
        closed.Set();
        await counter.WhenAsync(Messages + 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Tell(actor);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The pool's own queue may have to grow for the item that stands for the actor, by kilobytes where other tests have filled it: less than a byte a
        // message. An object a message would be 24.
        Assert.InRange(allocated, 0, Messages);
        await counter.WhenAsync((2 * Messages) + 1);
    }

    [Fact]
    public async Task A_turn_over_many_messages_allocates_nothing()
    {
        await using IActorSystem system = ActorSystem.Create();
        var counter = new Counter();
        IActorRef<int> actor = system.Spawn(
            "counter",
            () => counter,
            new ActorOptions { MailboxCapacity = 2 * Messages, Throughput = 2 * Messages });
        using var closed = new ManualResetEventSlim();
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long first = -1;
        counter.Hold = () =>
        {
            busy.TrySetResult();
            closed.Wait();
            counter.Hold = () => first = first < 0 ? GC.GetAllocatedBytesForCurrentThread() : first;
        };
        long last = 0;
        counter.Last = () => last = GC.GetAllocatedBytesForCurrentThread();
        actor.TryTell(0);
        await busy.Task;
        Tell(actor);

        // Asked for before, as waiting for the counter's lock would allocate.
        Task all = counter.WhenAsync(Messages + 1);
        closed.Set();
        await all;

        Assert.Equal(0, last - first);
    }

    [Fact]
    public async Task An_inline_ask_allocates_nothing()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Question> actor = system.Spawn("echo", () => new Echo(), new ActorOptions { Dispatch = ActorDispatch.Inline });
        Assert.Equal(Messages, AskAll(actor));

        long before = GC.GetAllocatedBytesForCurrentThread();
        AskAll(actor);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    private static void Tell(IActorRef<int> actor)
    {
        for (int i = 0; i < Messages; i++)
            actor.TryTell(i);
    }

    private static int AskAll(IActorRef<Question> actor)
    {
        int answered = 0;
        for (int i = 0; i < Messages; i++)
        {
            ValueTask<int> reply = actor.AskAsync<Question, int, int>(static (to, n) => new Question(n, to), i, TimeSpan.FromSeconds(10));
            if (reply.IsCompleted && reply.GetAwaiter().GetResult() == i)
                answered++;
        }

        return answered;
    }

    private readonly record struct Question(int Number, ReplyTo<int> Reply);

    private sealed class Echo : Actor<Question>
    {
        protected override ValueTask OnMessageAsync(Question message)
        {
            message.Reply.TrySetResult(message.Number);
            return default;
        }
    }

    private sealed class Counter : Actor<int>
    {
        private readonly Lock _gate = new();
        private (int Count, TaskCompletionSource Reached)? _awaited;
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Action? Hold { get; set; }

        public Action? Last { get; set; }

        public Task WhenAsync(int count)
        {
            lock (_gate)
            {
                if (_count >= count)
                    return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited = (count, reached);
                return reached.Task;
            }
        }

        protected override ValueTask OnMessageAsync(int message)
        {
            Hold?.Invoke();
            Last?.Invoke();
            lock (_gate)
            {
                _count++;
                if (_awaited is { } awaited && awaited.Count == _count)
                    awaited.Reached.SetResult();
            }

            return default;
        }
    }
}
