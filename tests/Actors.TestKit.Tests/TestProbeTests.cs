using Xunit;

namespace Actors.TestKit.Tests;

public sealed class TestProbeTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ActorTestKit _kit = new(new ActorTestKitOptions { RealTimeLimit = TimeSpan.FromSeconds(30) });

    public ValueTask DisposeAsync() => _kit.DisposeAsync();

    [Fact]
    public async Task What_was_told_is_received_in_order()
    {
        TestProbe<string> probe = _kit.CreateProbe<string>("ears");
        Assert.Equal("/ears", probe.Ref.Path.ToString());
        probe.Ref.TryTell("a");
        probe.Ref.TryTell("b");
        probe.Ref.TryTell("c");

        Assert.Equal("a", await probe.ExpectAsync());
        await probe.ExpectMessageAsync("b");
        Assert.Equal("c", await probe.ExpectAsync(message => message == "c"));
        await probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Another_message_than_expected_fails_with_what_was_expected_and_received()
    {
        TestProbe<object> probe = _kit.CreateProbe<object>();
        probe.Ref.TryTell("apple");
        probe.Ref.TryTell(7);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() =>
            probe.ExpectAsync<string>(fruit => fruit.StartsWith('b')));

        Assert.StartsWith(
            "Expected '/probe-1' to receive a String with fruit => fruit.StartsWith('b'), but it received apple. It has received",
            error.Message,
            StringComparison.Ordinal);

        await Assert.ThrowsAsync<ExpectationException>(() => probe.ExpectAsync<string>());
    }

    [Fact]
    public async Task Nothing_at_all_fails_within_the_limit_of_real_time()
    {
        await using var hasty = new ActorTestKit(new ActorTestKitOptions { RealTimeLimit = TimeSpan.FromMilliseconds(20) });
        TestProbe<string> probe = hasty.CreateProbe<string>();

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => probe.ExpectMessageAsync("x"));

        Assert.Equal(
            "Expected '/probe-1' to receive x, but nothing came within 00:00:00.0200000 of real time. It has received nothing so far.",
            error.Message);
    }

    [Fact]
    public async Task Nothing_at_all_fails_within_the_given_virtual_time()
    {
        TestProbe<string> probe = _kit.CreateProbe<string>();

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => probe.ExpectAsync(3 * Second));

        Assert.Contains("within 00:00:03 of virtual time", error.Message, StringComparison.Ordinal);
        Assert.Equal(3 * Second, _kit.Time.Elapsed);
    }

    [Fact]
    public async Task Virtual_time_passes_up_to_the_message_and_no_further()
    {
        TestProbe<string> probe = _kit.CreateProbe<string>();
        IActorRef<string> echo = _kit.Spawn("echo", () => new Echo(probe.Ref));
        echo.TryTell("later");

        await probe.ExpectMessageAsync("now", within: 60 * Second);

        Assert.Equal(5 * Second, _kit.Time.Elapsed);
    }

    [Fact]
    public async Task Something_where_nothing_was_expected_fails_with_it()
    {
        TestProbe<string> probe = _kit.CreateProbe<string>();
        probe.Ref.TryTell("surprise");

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(probe.ExpectNothingAsync);

        Assert.Contains("nothing, but it received surprise", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fishing_drops_what_does_not_match()
    {
        TestProbe<object> probe = _kit.CreateProbe<object>();
        foreach (object message in (object[])["a", 1, "b", 2])
            probe.Ref.TryTell(message);

        Assert.Equal(2, await probe.FishAsync<int>(number => number > 1));
        await probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Receiving_takes_as_many_as_asked_for()
    {
        TestProbe<int> probe = _kit.CreateProbe<int>();
        for (int i = 0; i < 5; i++)
            probe.Ref.TryTell(i);

        Assert.Equal([0, 1, 2], await probe.ReceiveAsync(3));
        Assert.Equal([3, 4], await probe.ReceiveAsync(2));
        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => probe.ReceiveAsync(2, Second));
        Assert.Contains("message 1 of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_replies_to_an_ask()
    {
        TestProbe<ReplyTo<int>> probe = _kit.CreateProbe<ReplyTo<int>>();
        Task<int> ask = probe.Ref.AskAsync<ReplyTo<int>, int>(reply => reply, Second).AsTask();

        await probe.ExpectAndReplyAsync<ReplyTo<int>, int>(reply => reply, 12);

        Assert.Equal(12, await ask);
    }

    [Fact]
    public async Task A_reply_that_nobody_waits_for_fails()
    {
        TestProbe<ReplyTo<int>> probe = _kit.CreateProbe<ReplyTo<int>>();
        Task<int> ask = probe.Ref.AskAsync<ReplyTo<int>, int>(reply => reply, Second).AsTask();
        await _kit.AdvanceAsync(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => ask);

        await Assert.ThrowsAsync<ExpectationException>(() => probe.ExpectAndReplyAsync<ReplyTo<int>, int>(reply => reply, 12));
    }

    [Fact]
    public async Task A_responder_answers_by_itself()
    {
        TestProbe<ReplyTo<int>> probe = _kit.CreateProbe<ReplyTo<int>>();
        probe.RespondWith(reply => reply.TrySetResult(5));

        Assert.Equal(5, await probe.Ref.AskAsync<ReplyTo<int>, int>(reply => reply, Second));
        await probe.ExpectAsync();
    }

    [Fact]
    public async Task A_failure_shows_the_latest_of_many_messages()
    {
        TestProbe<int> probe = _kit.CreateProbe<int>();
        for (int i = 0; i < 30; i++)
            probe.Ref.TryTell(i);
        await probe.ReceiveAsync(29);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => probe.ExpectMessageAsync(77));

        Assert.Contains("Of 30 messages so far, the latest 20:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Environment.NewLine}  9{Environment.NewLine}", error.Message, StringComparison.Ordinal);
    }
}
