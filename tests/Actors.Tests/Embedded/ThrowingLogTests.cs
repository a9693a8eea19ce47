using Actors.Conformance;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Actors.Tests;

/// <summary>A provider of logs that fails is no cause for an actor to fail.</summary>
public sealed class ThrowingLogTests
{
    [Fact]
    public async Task An_actor_goes_on_when_what_it_logs_cannot_be_written()
    {
        using ThrowingLogs logs = new();
        await using IActorSystem system = ActorSystem.Create(new ActorSystemOptions { LoggerFactory = logs });
        TaskCompletionSource<string> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        IActorRef<Do> actor = system.Spawn("talkative", () => new Scripted<Do> { Message = (context, message) => message.Code(context) });
        actor.TryTell(Do.This(context => context.Log.Log(LogLevel.Error, default, "unheard", null, static (text, _) => text)));
        actor.TryTell(Do.This(context => done.SetResult(context.Self.Path.Name)));

        Assert.Equal("talkative", await done.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(0, system.Counters.Failures);
        Assert.True(logs.Asked > 0);
    }

    private sealed class ThrowingLogs : ILoggerFactory, ILogger
    {
        public int Asked { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("No scope.");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Asked++;
            throw new IOException("The disk is full.");
        }

        public void Dispose()
        {
        }
    }
}
