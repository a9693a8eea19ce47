using System.Collections.Concurrent;
using Xunit;

namespace Actors.Conformance;

/// <summary>Messages that reach no actor.</summary>
public abstract class DeadLetterConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    private readonly ConcurrentQueue<DeadLetter> _letters = new();

    [Fact]
    public async Task A_refused_message_is_a_dead_letter_that_is_told_so_once()
    {
        System.DeadLettered += _letters.Enqueue;
        var handling = new Gate();
        IActorRef<Parcel> actor = SpawnReceiver(handling, capacity: 1);
        actor.TryTell(new Parcel());
        await handling.Entered;
        actor.TryTell(new Parcel());
        var refused = new Parcel();

        Assert.Equal(TellResult.MailboxFull, actor.TryTell(refused));

        Assert.Equal([TellResult.MailboxFull], refused.Undelivered);
        Assert.Equal([new DeadLetter(actor.Path, refused, TellResult.MailboxFull)], _letters);
        Assert.Equal(1, System.Counters.RefusedMessages);
        Assert.Equal(1, System.Counters.DeadLetters);
        handling.Open();
    }

    [Fact]
    public async Task A_message_for_an_ended_actor_is_a_dead_letter()
    {
        System.DeadLettered += _letters.Enqueue;
        IActorRef<Parcel> actor = SpawnReceiver(new Gate());
        await System.StopAsync(actor);
        var late = new Parcel();

        actor.TryTell(late);

        Assert.Equal([TellResult.Stopped], late.Undelivered);
        Assert.Equal([new DeadLetter(actor.Path, late, TellResult.Stopped)], _letters);
        Assert.Equal(0, System.Counters.RefusedMessages);
    }

    [Fact]
    public async Task Messages_left_in_the_mailbox_at_the_end_are_dead_letters()
    {
        System.DeadLettered += _letters.Enqueue;
        var handling = new Gate();
        IActorRef<Parcel> actor = SpawnReceiver(handling);
        var handled = new Parcel();
        Parcel[] left = [new(), new(), new()];
        actor.TryTell(handled);
        await handling.Entered;
        foreach (Parcel parcel in left)
            actor.TryTell(parcel);

        Task stopped = System.StopAsync(actor);
        handling.Open();
        await stopped;

        Assert.Empty(handled.Undelivered);
        Assert.All(left, parcel => Assert.Equal([TellResult.Stopped], parcel.Undelivered));
        Assert.Equal(left.Select(parcel => (object)parcel), _letters.Select(letter => letter.Message));
    }

    [Fact]
    public async Task Messages_left_in_the_mailbox_of_an_actor_that_failed_are_dead_letters()
    {
        var handling = new Gate();
        IActorRef<Parcel> actor = System.Spawn(
            "receiver",
            () => new Scripted<Parcel>
            {
                Message = async (_, _) =>
                {
                    await handling.PassAsync().ConfigureAwait(false);
                    throw new ScenarioException("boom");
                },
            },
            new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure });
        var failed = new Parcel();
        var left = new Parcel();
        actor.TryTell(failed);
        await handling.Entered;
        actor.TryTell(left);

        handling.Open();
        await Kit.ExpectStoppedAsync(actor);

        Assert.Empty(failed.Undelivered);
        Assert.Equal([TellResult.Stopped], left.Undelivered);
    }

    [Fact]
    public async Task A_handler_that_throws_disturbs_neither_the_teller_nor_other_handlers()
    {
        System.DeadLettered += _ => throw new ScenarioException("bad listener");
        System.DeadLettered += _letters.Enqueue;
        IActorRef<Parcel> actor = SpawnReceiver(new Gate());
        await System.StopAsync(actor);

        Assert.Equal(TellResult.Stopped, actor.TryTell(new Parcel { Throws = true }));

        Assert.Single(_letters);
    }

    [Fact]
    public async Task A_refusal_is_raised_on_the_tellers_thread()
    {
        IActorRef<Parcel> actor = SpawnReceiver(new Gate());
        await System.StopAsync(actor);
        int raised = 0;
        System.DeadLettered += _ => raised = Environment.CurrentManagedThreadId;

        actor.TryTell(new Parcel());

        Assert.Equal(Environment.CurrentManagedThreadId, raised);
    }

    [Fact]
    public async Task A_struct_message_is_told_as_well()
    {
        var told = new ConcurrentQueue<TellResult>();
        IActorRef<Token> actor = System.Spawn("receiver", () => new Scripted<Token>());
        await System.StopAsync(actor);

        actor.TryTell(new Token(told));

        Assert.Equal([TellResult.Stopped], told);
    }

    [Fact]
    public async Task The_log_names_the_type_and_never_the_content()
    {
        IActorRef<string> actor = System.Spawn("receiver", () => new Scripted<string>());
        await System.StopAsync(actor);

        actor.TryTell("the-secret");

        Assert.DoesNotContain(Kit.Logs.Records, record => record.ToString().Contains("the-secret", StringComparison.Ordinal));
    }

    private IActorRef<Parcel> SpawnReceiver(Gate handling, int capacity = 100) => System.Spawn(
        "receiver",
        () => new Scripted<Parcel> { Message = (_, _) => handling.PassAsync() },
        new ActorOptions { MailboxCapacity = capacity });

    private sealed class Parcel : INotifyUndelivered
    {
        private readonly ConcurrentQueue<TellResult> _undelivered = new();

        public IReadOnlyCollection<TellResult> Undelivered => _undelivered;

        public bool Throws { get; init; }

        public void OnUndelivered(TellResult reason)
        {
            _undelivered.Enqueue(reason);
            if (Throws)
                throw new ScenarioException("bad message");
        }
    }

    private readonly record struct Token(ConcurrentQueue<TellResult> Told) : INotifyUndelivered
    {
        public void OnUndelivered(TellResult reason) => Told.Enqueue(reason);
    }
}
