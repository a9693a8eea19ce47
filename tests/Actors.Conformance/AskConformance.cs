using Xunit;

namespace Actors.Conformance;

/// <summary>Request and reply.</summary>
public abstract class AskConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task An_ask_brings_the_reply(ActorDispatch dispatch)
    {
        IActorRef<Question> actor = Spawn((_, question) => question.Reply.TrySetResult(question.Number * 2), dispatch);

        Assert.Equal(42, await actor.AskAsync<Question, int>(reply => new Question(21, reply), Second));
        Assert.Equal(14, await actor.AskAsync<Question, int, int>(static (reply, number) => new Question(number, reply), 7, Second));
    }

    [Fact]
    public async Task An_ask_brings_the_failure_that_was_replied()
    {
        IActorRef<Question> actor = Spawn((_, question) => question.Reply.TrySetException(new ScenarioException("no")));
        await Assert.ThrowsAsync<ScenarioException>(() => Ask(actor));
    }

    [Fact]
    public async Task An_unanswered_ask_ends_at_its_deadline_and_not_before()
    {
        IActorRef<Question> actor = Spawn((_, _) => false);
        Task<int> ask = Ask(actor, 3 * Second);
        Task<int> later = Ask(actor, 4 * Second);
        Task<int> sooner = Ask(actor, 2 * Second);

        await Kit.AdvanceAsync((2 * Second) - TimeSpan.FromTicks(1));
        Assert.False(sooner.IsCompleted);
        await Kit.AdvanceAsync(TimeSpan.FromTicks(1));
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => sooner.WaitAsync(Kit.RealTimeLimit));
        Assert.Contains("/oracle", error.Message, StringComparison.Ordinal);
        Assert.False(ask.IsCompleted);

        await Kit.AdvanceAsync(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => ask.WaitAsync(Kit.RealTimeLimit));
        Assert.False(later.IsCompleted);
        await Kit.AdvanceAsync(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => later.WaitAsync(Kit.RealTimeLimit));
        Assert.Equal(0, Kit.Time.ActiveTimers);
    }

    [Fact]
    public async Task An_ask_without_a_deadline_waits_for_ever()
    {
        IActorRef<Question> actor = Spawn((_, _) => false);
        Task<int> ask = Ask(actor, Timeout.InfiniteTimeSpan);
        await Kit.AdvanceAsync(TimeSpan.FromDays(400));
        Assert.False(ask.IsCompleted);
    }

    [Fact]
    public async Task A_late_reply_goes_nowhere_and_is_told_so()
    {
        ReplyTo<int> kept = default;
        IActorRef<Question> actor = Spawn((_, question) =>
        {
            if (question.Number == 1)
                kept = question.Reply;
            else
                question.Reply.TrySetResult(question.Number);
            return true;
        });
        Task<int> first = Ask(actor, number: 1);
        await Kit.AdvanceAsync(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        Assert.False(kept.TrySetResult(99));
        for (int i = 2; i < 50; i++)
        {
            Task<int> next = Ask(actor, number: i);
            Assert.False(kept.TrySetResult(99));
            Assert.Equal(i, await next);
        }
    }

    [Fact]
    public async Task A_full_mailbox_fails_the_ask_at_once()
    {
        var gate = new Gate();
        IActorRef<Question> actor = System.Spawn(
            "oracle",
            () => new Scripted<Question> { Message = (_, _) => gate.PassAsync() },
            new ActorOptions { MailboxCapacity = 1 });
        Task<int> handled = Ask(actor);
        await gate.Entered;
        Task<int> waiting = Ask(actor);

        AskFailedException error = await Assert.ThrowsAsync<AskFailedException>(() => Ask(actor));

        Assert.Equal(TellResult.MailboxFull, error.Reason);
        Assert.Equal(actor.Path, error.Target);
        Assert.False(handled.IsCompleted || waiting.IsCompleted);
        gate.Open();
    }

    [Fact]
    public async Task Asking_an_ended_actor_fails_at_once()
    {
        IActorRef<Question> actor = Spawn((_, _) => false);
        await System.StopAsync(actor);
        AskFailedException error = await Assert.ThrowsAsync<AskFailedException>(() => Ask(actor));
        Assert.Equal(TellResult.Stopped, error.Reason);
    }

    [Fact]
    public async Task An_ask_left_in_the_mailbox_fails_when_the_actor_ends()
    {
        var gate = new Gate();
        IActorRef<Question> actor = System.Spawn("oracle", () => new Scripted<Question> { Message = (_, _) => gate.PassAsync() });
        Task<int> handled = Ask(actor);
        await gate.Entered;
        Task<int> left = Ask(actor);

        Task stopped = System.StopAsync(actor);
        gate.Open();
        await stopped;

        AskFailedException error = await Assert.ThrowsAsync<AskFailedException>(() => left);
        Assert.Equal(TellResult.Stopped, error.Reason);
        Assert.False(handled.IsCompleted);
    }

    [Fact]
    public async Task Cancelling_gives_up_the_wait_alone()
    {
        ReplyTo<int> kept = default;
        IActorRef<Question> actor = Spawn((_, question) =>
        {
            kept = question.Reply;
            return true;
        });
        using var cancellation = new CancellationTokenSource();
        Task<int> ask = actor.AskAsync<Question, int>(reply => new Question(0, reply), Second, cancellation.Token).AsTask();
        await Kit.SettleAsync();

        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.False(kept.TrySetResult(1));
        await Kit.ExpectAliveAsync(actor);
    }

    [Fact]
    public async Task A_cancelled_token_tells_nothing()
    {
        IActorRef<Question> actor = Spawn((_, question) => question.Reply.TrySetResult(1));
        Task<int> ask = actor.AskAsync<Question, int>(reply => new Question(0, reply), Second, new CancellationToken(true)).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
        await Kit.SettleAsync();
        Assert.Equal(0, System.Counters.HandledMessages);
    }

    [Fact]
    public async Task A_message_that_cannot_be_made_throws_to_the_asker()
    {
        IActorRef<Question> actor = Spawn((_, _) => false);
        await Assert.ThrowsAsync<ScenarioException>(() => actor.AskAsync<Question, int>(_ => throw new ScenarioException("no"), Second).AsTask());
        await Kit.SettleAsync();
        Assert.Equal(0, Kit.Time.ActiveTimers);
    }

    [Fact]
    public async Task One_actor_asks_another_within_its_handler()
    {
        IActorRef<Question> oracle = Spawn((_, question) => question.Reply.TrySetResult(question.Number + 1));
        IActorRef<Question> middle = System.Spawn("middle", () => new Scripted<Question>
        {
            Message = async (_, question) =>
            {
                int answer = await oracle.AskAsync<Question, int, int>(static (reply, n) => new Question(n, reply), question.Number, Second)
                    .ConfigureAwait(false);
                question.Reply.TrySetResult(answer * 10);
            },
        });

        Assert.Equal(50, await Ask(middle, number: 4));
        await Kit.SettleAsync();
        Assert.Equal(2, System.Counters.HandledMessages);
    }

    private static Task<int> Ask(IActorRef<Question> actor, TimeSpan? timeout = null, int number = 0) =>
        actor.AskAsync<Question, int>(reply => new Question(number, reply), timeout ?? Second).AsTask();

    private IActorRef<Question> Spawn(Func<IActorContext<Question>, Question, bool> handle, ActorDispatch dispatch = ActorDispatch.Pooled) =>
        System.Spawn(
            "oracle",
            () => new Scripted<Question>
            {
                Message = (context, question) =>
                {
                    handle(context, question);
                    return default;
                },
            },
            new ActorOptions { Dispatch = dispatch });

    private sealed record Question(int Number, ReplyTo<int> Reply);
}
