using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Actors.TestKit;

/// <summary>
/// An actor that keeps what it is told, in order, for a test to take out. Expectations wait for what is not there yet up to the kit's
/// limit of real time; virtual time stands still meanwhile unless they are given some.
/// </summary>
public sealed class TestProbe<TMessage>
{
    private readonly ActorTestKit _kit;
    private readonly Channel<TMessage> _inbox = Channel.CreateUnbounded<TMessage>();
    private readonly History<TMessage> _history = new();
    private readonly IActorRef<TMessage> _ref;
    private IActorRef<WatchRequest<TMessage>>? _watcher;
    private volatile Action<TMessage>? _responder;

    internal TestProbe(ActorTestKit kit, string name)
    {
        _kit = kit;
        _ref = kit.System.Spawn(name, () => new ProbeActor<TMessage>(Receive), new ActorOptions { MailboxCapacity = 1 << 20 });
    }

    /// <summary>The address to tell.</summary>
    public IActorRef<TMessage> Ref => _ref;

    /// <summary>Has a function called with each message from now on, within the probe's turn, before the test can take it out.</summary>
    /// <param name="responder">For instance what replies; null to stop.</param>
    public void RespondWith(Action<TMessage>? responder) => _responder = responder;

    /// <summary>Expects any message next.</summary>
    public Task<TMessage> ExpectAsync(TimeSpan within = default) => NextAsync("any message", within);

    /// <summary>Expects a message next that meets the condition; another one fails the test.</summary>
    /// <param name="condition">What the message must meet.</param>
    /// <param name="within">How much virtual time may pass until it comes. None by default.</param>
    /// <param name="expression">The condition's text, for the failure; given by the compiler.</param>
    public Task<TMessage> ExpectAsync(
        Func<TMessage, bool> condition,
        TimeSpan within = default,
        [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        ExpectAsync<TMessage>(condition, within, expression);

    /// <summary>Expects a message of one type next, and optionally that it meets a condition; another one fails the test.</summary>
    /// <inheritdoc cref="ExpectAsync(Func{TMessage, bool}, TimeSpan, string)" path="/param"/>
    public async Task<TExpected> ExpectAsync<TExpected>(
        Func<TExpected, bool>? condition = null,
        TimeSpan within = default,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
        where TExpected : TMessage
    {
        string expected = Describe<TExpected>(condition is null ? null : expression);
        TMessage message = await NextAsync(expected, within).ConfigureAwait(false);
        if (message is TExpected typed && (condition is null || condition(typed)))
            return typed;
        throw _kit.Failed($"Expected '{_ref.Path}' to receive {expected}, but it received {message}.{_history}");
    }

    /// <summary>Expects exactly this message next.</summary>
    /// <param name="message">What must equal the message.</param>
    /// <param name="within">How much virtual time may pass until it comes. None by default.</param>
    public async Task ExpectMessageAsync(TMessage message, TimeSpan within = default)
    {
        TMessage received = await NextAsync($"{message}", within).ConfigureAwait(false);
        if (!EqualityComparer<TMessage>.Default.Equals(message, received))
            throw _kit.Failed($"Expected '{_ref.Path}' to receive {message}, but it received {received}.{_history}");
    }

    /// <summary>Expects that no message is there once every actor has settled; does not sleep for it.</summary>
    public async Task ExpectNothingAsync()
    {
        await _kit.SettleAsync().ConfigureAwait(false);
        if (_inbox.Reader.TryRead(out TMessage? message))
            throw _kit.Failed($"Expected '{_ref.Path}' to receive nothing, but it received {message}.{_history}");
    }

    /// <summary>Takes the next messages, whatever they are.</summary>
    /// <param name="count">How many are expected.</param>
    /// <param name="within">How much virtual time may pass until the last of them. None by default.</param>
    public async Task<IReadOnlyList<TMessage>> ReceiveAsync(int count, TimeSpan within = default)
    {
        TimeSpan end = _kit.Time.Elapsed + within;
        var messages = new List<TMessage>(count);
        while (messages.Count < count)
            messages.Add(await NextAsync($"message {messages.Count + 1} of {count}", Remaining(end)).ConfigureAwait(false));
        return messages;
    }

    /// <summary>Takes messages out, dropping them, until one is of the type and meets the condition.</summary>
    /// <inheritdoc cref="ExpectAsync(Func{TMessage, bool}, TimeSpan, string)" path="/param"/>
    public async Task<TExpected> FishAsync<TExpected>(
        Func<TExpected, bool>? condition = null,
        TimeSpan within = default,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
        where TExpected : TMessage
    {
        TimeSpan end = _kit.Time.Elapsed + within;
        string expected = "sooner or later " + Describe<TExpected>(condition is null ? null : expression);
        while (true)
        {
            TMessage message = await NextAsync(expected, Remaining(end)).ConfigureAwait(false);
            if (message is TExpected typed && (condition is null || condition(typed)))
                return typed;
        }
    }

    /// <summary>Expects a message of one type next and replies to it.</summary>
    /// <param name="replyTo">Where the message wants its reply.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="within">How much virtual time may pass until the message comes. None by default.</param>
    public async Task<TExpected> ExpectAndReplyAsync<TExpected, TReply>(Func<TExpected, ReplyTo<TReply>> replyTo, TReply reply, TimeSpan within = default)
        where TExpected : TMessage
    {
        ArgumentNullException.ThrowIfNull(replyTo);
        TExpected message = await ExpectAsync<TExpected>(within: within).ConfigureAwait(false);
        if (!replyTo(message).TrySetResult(reply))
            throw _kit.Failed($"Expected the asker of {message} to wait for a reply, but it has gone or has been answered.{_history}");
        return message;
    }

    /// <summary>Watches another actor: the probe receives <paramref name="message"/> when it ends. Returns when the watch stands.</summary>
    public async Task WatchAsync(IActorRef other, TMessage message)
    {
        _watcher ??= _kit.System.Spawn(_ref.Path.Name + "-watcher", () => new ProbeWatcher<TMessage>(Receive));
        await _watcher.AskAsync<WatchRequest<TMessage>, bool>(
            done => new WatchRequest<TMessage>(other, message, done),
            Timeout.InfiniteTimeSpan).AsTask().WaitAsync(_kit.RealTimeLimit).ConfigureAwait(false);
    }

    private void Receive(TMessage message)
    {
        _history.Add(message);
        try
        {
            _responder?.Invoke(message);
        }
        finally
        {
            _inbox.Writer.TryWrite(message);
        }
    }

    private TimeSpan Remaining(TimeSpan end) => end > _kit.Time.Elapsed ? end - _kit.Time.Elapsed : TimeSpan.Zero;

    private async Task<TMessage> NextAsync(string expected, TimeSpan within)
    {
        if (_inbox.Reader.TryRead(out TMessage? message))
            return message;
        if (within > TimeSpan.Zero)
            return await NextWithinAsync(expected, within).ConfigureAwait(false);

        using var limit = new CancellationTokenSource(_kit.RealTimeLimit);
        try
        {
            return await _inbox.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw _kit.Failed($"Expected '{_ref.Path}' to receive {expected}, but nothing came within {_kit.RealTimeLimit} of real time.{_history}");
        }
    }

    private async Task<TMessage> NextWithinAsync(string expected, TimeSpan within)
    {
        TimeSpan end = _kit.Time.Elapsed + within;
        await _kit.SettleAsync().ConfigureAwait(false);
        bool moved = true;
        while (true)
        {
            if (_inbox.Reader.TryRead(out TMessage? message))
                return message;
            if (!moved)
                throw _kit.Failed($"Expected '{_ref.Path}' to receive {expected}, but nothing came within {within} of virtual time.{_history}");
            moved = await _kit.StepAsync(end).ConfigureAwait(false);
        }
    }

    private static string Describe<TExpected>(string? condition) =>
        condition is null ? $"a {typeof(TExpected).Name}" : $"a {typeof(TExpected).Name} with {condition}";
}
