using Libvirt.Threads;
using Microsoft.Extensions.Logging;

namespace Libvirt.Tests.Reading;

public sealed class CallerCodeTests
{
    [Fact]
    public void Neither_a_caller_that_throws_nor_a_log_that_does_comes_back_to_the_thread()
    {
        ThrowingLog log = new();

        CallerCode.Run(new ThrowingCaller(), log);

        Assert.Equal(1, log.Records);
    }

    private sealed class ThrowingCaller : IContinuation
    {
        public void Continue(bool inline) => throw new InvalidOperationException("of the caller's own");
    }

    private sealed class ThrowingLog : ILogger
    {
        public int Records { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Records++;
            throw new IOException("The log's disk is full.");
        }
    }
}
