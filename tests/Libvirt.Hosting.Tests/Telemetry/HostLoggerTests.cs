using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Libvirt.Hosting.Tests.Hypervisors;
using Libvirt.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>What the loggers of a host get from the runtime's actors.</summary>
public sealed class HostLoggerTests
{
    [Fact]
    public async Task Message_of_an_actor_keeps_id_template_values_category_and_path()
    {
        using Sink sink = new();
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors.one {{ uri = \"{DaemonFixture.DownUri}\", reconnect-backoff {{ min = 1h, max = 1h }} }}",
            builder => builder.Logging.AddProvider(sink));
        await host.Hypervisors.Get("one").UntilAsync<HypervisorState.Backoff>();

        await Eventually.IsTrueAsync(() => sink.Entries.Any(IsBackoff), cancellationToken: TestContext.Current.CancellationToken);

        Entry entry = sink.Entries.First(IsBackoff);
        Assert.Equal("Libvirt.HypervisorActor", entry.Category);
        Assert.Equal("akka://libvirt/user/libvirt/one", entry.Scope["ActorPath"]);
        string template = Assert.IsType<string>(entry.State["{OriginalFormat}"]);
        Assert.Contains("{Uri}", template, StringComparison.Ordinal);
        Assert.Contains(DaemonFixture.DownUri, $"{entry.State["Uri"]}", StringComparison.Ordinal);
        Assert.Contains(DaemonFixture.DownUri, entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{Uri}", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_the_shutdown_reach_the_loggers_of_the_host()
    {
        using Sink sink = new();
        TestHost host = await TestHost.StartAsync($"libvirt.hypervisors.one = \"{DaemonFixture.DownUri}\"", builder => builder.Logging.AddProvider(sink));

        await host.DisposeAsync();

        Assert.Contains(sink.Entries, static entry => entry.Id.Id == 1101 && entry.Category == "Libvirt.HypervisorActor");
    }

    [Theory]
    [InlineData(LogLevel.Debug, true)]
    [InlineData(LogLevel.Information, false)]
    public async Task Level_of_the_host_applies_to_the_actor_system(LogLevel level, bool hasDebug)
    {
        using Sink sink = new();
        await using TestHost host = await TestHost.StartAsync("", builder => builder.Logging.AddProvider(sink).AddFilter("Libvirt", level).SetMinimumLevel(LogLevel.Trace));

        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal(hasDebug, Logging.GetLogger(system, nameof(HostLoggerTests)).IsDebugEnabled);
    }

    private static bool IsBackoff(Entry entry) => entry.Id.Id is >= 1100 and < 1200;

    private sealed record Entry(string Category, EventId Id, IReadOnlyDictionary<string, object?> State, IReadOnlyDictionary<string, object?> Scope, string Text);

    private sealed class Sink : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<Entry> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Log(Sink sink, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => sink._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                Dictionary<string, object?> scope = [];
                sink._scopes.ForEachScope(static (one, all) => Add(all, one), scope);
                Dictionary<string, object?> values = [];
                Add(values, state);
                sink.Entries.Enqueue(new Entry(category, eventId, values, scope, formatter(state, exception)));
            }

            private static void Add(Dictionary<string, object?> all, object? state)
            {
                foreach ((string key, object? value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    all[key] = value;
            }
        }
    }
}
