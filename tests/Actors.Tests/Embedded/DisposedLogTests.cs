using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Actors.Tests;

/// <summary>A host may dispose its logs before its actors: those that log for the first time afterwards go unlogged.</summary>
public sealed class DisposedLogTests
{
    [Fact]
    public async Task An_actor_goes_on_where_no_log_can_be_made_any_more()
    {
        Logs logs = new();
        await using IActorSystem system = ActorSystem.Create(new ActorSystemOptions { LoggerFactory = logs });
        logs.Dispose();
        IActorRef<Question> actor = system.Spawn("talker", () => new Talker());

        for (int i = 1; i <= 3; i++)
            Assert.Equal(i, await actor.AskAsync<Question, int>(reply => new Question(reply), Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));
    }

    private sealed record Question(ReplyTo<int> Reply);

    private sealed class Talker : Actor<Question>
    {
        private int _count;

        protected override ValueTask OnMessageAsync(Question message)
        {
            Context.Log.Log(LogLevel.Information, default, "asked again", null, static (text, _) => text);
            message.Reply.TrySetResult(++_count);
            return default;
        }
    }

    private sealed class Logs : ILoggerFactory
    {
        private bool _disposed;

        public ILogger CreateLogger(string categoryName)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return NullLogger.Instance;
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => _disposed = true;
    }
}
